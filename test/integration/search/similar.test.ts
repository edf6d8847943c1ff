import { describe, expect, test } from "vitest";
import { recordIdSchema } from "#shared/domain/ids.ts";
import { createSearchBed, type SearchBed } from "#test/support/search-bed.ts";

const body =
  "Ask the customer for the order number. Look the payment up in the ledger. If it was booked twice, refund the second booking within two days and tell the customer why it happened.";

async function filled(): Promise<SearchBed> {
  const bed = await createSearchBed();
  await bed.put(
    { title: "Answer an invoice dispute", body },
    { title: "Onboard a new colleague", body: "Laptop, badge, lunch with the team." },
    { type: "lesson", title: "An invoice was booked twice" },
    ...Array.from({ length: 60 }, (_, index) => ({ title: `Invoice archive ${index}` })),
  );
  return bed;
}

async function similar(bed: SearchBed, title: string, text = "") {
  const found = await bed.search.similar({ type: "playbook", title, body: text });
  return found.map((one) => one.title);
}

describe("similar records", () => {
  test("are those with nearly the same title", async () => {
    using bed = await filled();
    expect((await similar(bed, "Answering invoice disputes"))[0]).toBe("Answer an invoice dispute");
    expect(await similar(bed, "Onboarding colleagues")).toEqual(["Onboard a new colleague"]);
  });

  test("are those with nearly the same text, whatever their title", async () => {
    using bed = await filled();
    const copied = `${body} Then close the ticket.`;
    expect(await similar(bed, "Double bookings", copied)).toContain("Answer an invoice dispute");
  });

  test("are none for a title that is new, or of signs or nothing", async () => {
    using bed = await filled();
    expect(await similar(bed, "Water the office plants")).toEqual([]);
    expect(await similar(bed, "")).toEqual([]);
    expect(await similar(bed, "???")).toEqual([]);
  });

  test("never are the record itself, and scores lie between 0 and 1", async () => {
    using bed = await filled();
    const [same] = await bed.search.similar({
      type: "playbook",
      title: "Answer an invoice dispute",
      body,
    });
    expect(same?.title).toBe("Answer an invoice dispute");
    expect(same?.score).toBe(1);
    const others = await bed.search.similar({
      type: "playbook",
      title: "Answer an invoice dispute",
      body,
      except: recordIdSchema.parse(same?.id),
    });
    expect(others.map(({ id }) => id)).not.toContain(same?.id);
  });
});
