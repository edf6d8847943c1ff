import { fakeEngine } from "#test/support/fake-engine.ts";
import { cleanup, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, test } from "vitest";
import { currentRoute } from "#renderer/platform/navigation.tsx";
import { around, field, found, hit, idOf, show } from "#test/support/search-screen-bed.tsx";

afterEach(cleanup);

describe("why a hit is there", () => {
  const explanation = {
    words: [
      {
        asked: "llm",
        found: ["llm", "language model"],
        places: [{ field: "title" as const, count: 1 }],
        corrected: false,
        standIns: [{ word: "language model", by: "starter" as const, term: null }],
      },
    ],
    reasons: ["title_has_every_word" as const, "verified" as const],
  };

  test("is told by mouse and by keyboard, in words, fields and bonuses", async () => {
    const engine = fakeEngine({
      search: { ...around, query: () => found("Refunds"), explain: () => explanation },
    });
    show("llm");
    const button = await screen.findByRole("button", { name: "Why this hit: Refunds" });
    await userEvent.click(button);
    const dialog = within(await screen.findByRole("dialog", { name: "Why this hit" }));
    expect(
      await dialog.findByText(
        "“llm”, also as “language model”, which Guildhall takes for the same: in the title.",
      ),
    ).toBeDefined();
    expect(dialog.getByText("Every word is in its title.")).toBeDefined();
    expect(dialog.getByText("It is verified, which moves it up a little.")).toBeDefined();
    await userEvent.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    await waitFor(() =>
      expect(document.activeElement).toBe(
        screen.getByRole("button", { name: "Why this hit: Refunds" }),
      ),
    );
    await userEvent.keyboard("{Enter}");
    expect(await screen.findByRole("dialog", { name: "Why this hit" })).toBeDefined();
    expect(engine.calls("search.explain").at(-1)?.input).toEqual({ text: "llm", id: idOf(1) });
    engine.assertPrepared();
  });

  test("is asked anew of the question that the row answers now", async () => {
    const engine = fakeEngine({
      search: { ...around, query: () => found("Refunds"), explain: () => explanation },
    });
    show("llm");
    await userEvent.click(await screen.findByRole("button", { name: "Why this hit: Refunds" }));
    await screen.findByRole("dialog");
    await userEvent.keyboard("{Escape}");
    await userEvent.click(field());
    await userEvent.keyboard("{End}s");
    await waitFor(() => expect(document.querySelector("[data-answers=llms]")).not.toBeNull());
    await userEvent.click(screen.getByRole("button", { name: "Why this hit: Refunds" }));
    await screen.findByRole("dialog");
    expect(engine.calls("search.explain").at(-1)?.input).toMatchObject({ text: "llms" });
  });
});

test("near duplicates stand behind their hit, and open in its place", async () => {
  const first = found("Refunds");
  const engine = fakeEngine({
    search: {
      ...around,
      query: () => ({ ...first, hits: [{ ...hit("Refunds"), similar: 2 }] }),
      alike: () => [hit("Refunds, older", 8), hit("Refunds, copied", 9)],
    },
  });
  show("refund");
  const button = await screen.findByRole("button", { name: "and 2 similar to Refunds" });
  expect(button.getAttribute("aria-expanded")).toBe("false");
  expect(screen.queryByRole("link", { name: "Refunds, older" })).toBeNull();
  button.focus();
  await userEvent.keyboard("{Enter}");
  expect(await screen.findByRole("link", { name: "Refunds, older" })).toBeDefined();
  expect(engine.calls("search.alike").map(({ input }) => input)).toEqual([
    { text: "refund", id: idOf(1) },
  ]);
  await userEvent.click(screen.getByRole("link", { name: "Refunds, copied" }));
  expect(currentRoute()).toEqual({ screen: "record", id: idOf(9) });
  engine.assertPrepared();
});

test("a snippet that would say the title again is left out", async () => {
  const again = { ...hit("Refunds"), field: "headings" as const };
  const answer = found("Refunds", "Returns");
  fakeEngine({
    search: {
      ...around,
      query: () => ({
        ...answer,
        hits: [
          { ...again, snippet: [{ text: "Refunds", hit: true }] },
          { ...again, id: idOf(2), snippet: [{ text: "Refunds and returns", hit: true }] },
        ],
      }),
    },
  });
  show("refunds");
  expect(await screen.findByText("Refunds and returns")).toBeDefined();
  expect(screen.getAllByText("Refunds")).toHaveLength(2);
});

test("how trust moves a hit is said beside the results", async () => {
  fakeEngine({ search: { ...around, query: () => found("A") } });
  show("a");
  const filters = within(await screen.findByRole("complementary", { name: "Filters" }));
  expect(filters.getByText(/a verified one comes before/u)).toBeDefined();
});

test("where there may be more than were counted, it says so", async () => {
  fakeEngine({ search: { ...around, query: () => ({ ...found("A", "B"), more: true }) } });
  show('"in th');
  expect(await screen.findByText("At least 2 results")).toBeDefined();
});
