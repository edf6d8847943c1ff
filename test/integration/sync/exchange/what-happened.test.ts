/** What somebody or something does to the whole folder, and what the library says about it. */
import { describe, expect, it } from "vitest";
import { readEvents } from "#engine/sync/exchange/folder-events.ts";
import { libraryName } from "#shared/format/names.ts";
import { type Bed, copyOf, createExchangeBed, type Peer } from "#test/support/exchange-bed.ts";

const minute = 60_000;

function told(peer: Peer): string {
  return readEvents(peer.foundation.databases.read, 50)
    .map(({ sentence }) => sentence)
    .join(" ");
}

function filesIn(bed: Bed, name: string, place: string): readonly string[] {
  return bed.carrier
    .viewOf(name)
    .paths()
    .filter((path) => path.startsWith(`${place}/`));
}

async function settled(): Promise<Bed> {
  const bed = await createExchangeBed({ names: ["ana", "ben"] });
  await bed.peer("ana").write("Refunds");
  await bed.peer("ben").write("Returns");
  await bed.cycles(6);
  return bed;
}

describe("a folder of which somebody deleted all files", () => {
  it("is put back by those who hold them, LIBRARY.json first, and that is told", async () => {
    await using bed = await settled();
    const before = [...filesIn(bed, "ana", "s")];
    for (const path of bed.carrier.viewOf("ana").paths()) bed.carrier.person("ana", path);
    bed.advance(minute);
    expect(bed.carrier.viewOf("ben").paths()).toEqual([]);
    await bed.cycles(60, minute);
    for (const name of ["ana", "ben"]) {
      expect(filesIn(bed, name, "s")).toEqual(before);
      expect(bed.carrier.viewOf(name).get(libraryName)).toHaveLength(1);
      expect(bed.peer(name).exchange.state().problem).toBeNull();
    }
    expect(told(bed.peer("ana")) + told(bed.peer("ben"))).toContain("emptied the shared folder");
    expect(bed.peer("ana").titles()).toEqual(["Refunds", "Returns"]);
  });
});

describe("a folder that went back to an earlier state", () => {
  it("loses nobody anything: what is missing is put back, and that is told", async () => {
    await using bed = await settled();
    const view = bed.carrier.viewOf("ana");
    const earlier = view.clone();
    await bed.peer("ana").write("Later");
    await bed.cycles(4);
    const now = [...filesIn(bed, "ana", "s")];
    for (const path of view.paths()) if (earlier.get(path).length === 0) view.set(path, []);
    for (const path of earlier.paths()) view.set(path, earlier.get(path));
    await bed.cycles(40, minute);
    expect(filesIn(bed, "ana", "s")).toEqual(now);
    expect(told(bed.peer("ana"))).toContain("went back to an earlier state");
    expect(bed.peer("ana").titles()).toContain("Later");
  });
});

describe("LIBRARY.json", () => {
  it("is put back when it is damaged, and nothing is written before", async () => {
    await using bed = await settled();
    const view = bed.carrier.viewOf("ana");
    const whole = view.get(libraryName)[0]?.bytes ?? new Uint8Array();
    view.set(libraryName, [copyOf(whole.subarray(0, 30), bed.carrier)]);
    const ana = bed.peer("ana");
    await ana.write("Meanwhile");
    const report = await ana.exchange.cycle();
    expect(report).toMatchObject({ sent: 0, waiting: 1 });
    expect(ana.exchange.state().problem?.reason).toBe("damaged");
    await bed.cycles(30, minute);
    expect(view.get(libraryName)[0]?.bytes).toEqual(whole);
    expect(ana.exchange.state().problem).toBeNull();
    expect(bed.peer("ben").titles()).toContain("Meanwhile");
    expect(told(ana)).toContain("LIBRARY.json was missing or damaged");
  });
});

describe("changes that are kept from one device", () => {
  it("are known to exist there before they come", async () => {
    await using bed = await settled();
    const ben = bed.carrier.viewOf("ben");
    await bed.peer("ana").write("Withheld");
    await bed.peer("ana").exchange.cycle();
    bed.advance(1000);
    // The head came and the segment did not.
    const withheld = filesIn(bed, "ben", "s").filter((path) => path.includes("00000002-00000002"));
    for (const path of withheld) ben.set(path, []);
    await bed.peer("ben").exchange.cycle();
    expect(bed.peer("ben").exchange.state().missing).toBe(1);
    await bed.cycles(90, minute);
    expect(bed.peer("ben").titles()).toContain("Withheld");
    expect(bed.peer("ben").exchange.state().missing).toBe(0);
  });
});

describe("without a protection", () => {
  it("of healing, what was deleted stays away", async () => {
    await using bed = await createExchangeBed({
      names: ["ana", "ben"],
      protections: { healing: false },
    });
    await bed.peer("ana").write("Refunds");
    await bed.cycles(4);
    for (const path of filesIn(bed, "ana", "s")) bed.carrier.person("ana", path);
    await bed.cycles(60, minute);
    expect(filesIn(bed, "ben", "s")).toEqual([]);
  });

  it("of acknowledgements, what never arrived never does", async () => {
    await using bed = await createExchangeBed({
      names: ["ana", "ben"],
      protections: { acks: false },
    });
    await bed.peer("ana").write("Refunds");
    await bed.peer("ana").exchange.cycle();
    bed.advance(1000);
    for (const path of filesIn(bed, "ben", "s")) bed.carrier.viewOf("ben").set(path, []);
    await bed.cycles(90, minute);
    expect(bed.peer("ben").titles()).toEqual([]);
  });

  it("of acceptance by content, a renamed file is nobody's", async () => {
    await using bed = await createExchangeBed({
      names: ["ana", "ben"],
      knobs: { conflictName: 1 },
      protections: { content: false, acks: false },
    });
    await bed.peer("ana").write("Refunds");
    await bed.cycles(10);
    await bed.peer("ben").exchange.cycle({ full: true });
    expect(bed.peer("ben").titles()).toEqual([]);
  });
});
