/** What the folder does to a cycle, one refusal at a time, and what the cycle does then. */
import { describe, expect, it } from "vitest";
import type { FolderFault } from "#engine/sync/folder.ts";
import { folderNames } from "#shared/format/names.ts";
import { copyOf, createExchangeBed } from "#test/support/exchange-bed.ts";
import { faultyFolder, type FaultyFolder } from "#test/support/faulty-folder.ts";
import { generateColleagues } from "#test/support/generate-colleagues.ts";
import { formatName } from "#shared/format/names.ts";

const minute = 60_000;
const day = 24 * 60 * minute;

class Crash extends Error {}

/** How many calls one cycle that publishes takes. */
async function callsOfPublishing(): Promise<number> {
  await using bed = await createExchangeBed({ names: ["ana"] });
  const ana = bed.peer("ana");
  await ana.exchange.cycle();
  await ana.write("Refunds");
  const counting = faultyFolder(bed.carrier.folderOf("ana"));
  ana.restart(counting);
  await ana.exchange.cycle();
  return counting.calls.length;
}

describe("a cycle that fails", () => {
  it("at any call, before or after it was done, publishes everything with the next start", async () => {
    const calls = await callsOfPublishing();
    expect(calls).toBeGreaterThan(10);
    for (let at = 1; at <= calls; at += 1) {
      for (const done of [false, true]) {
        await using bed = await createExchangeBed({ names: ["ana", "ben"], seed: at });
        const ana = bed.peer("ana");
        await ana.exchange.cycle();
        await ana.write("Refunds");
        ana.restart(faultyFolder(bed.carrier.folderOf("ana"), { at, fault: new Crash(), done }));
        await ana.exchange.cycle().catch((error: unknown) => {
          if (!(error instanceof Crash)) throw error;
        });
        ana.restart();
        bed.advance(1000);
        await bed.cycles(3);
        expect(bed.peer("ben").titles(), `crash at ${String(at)}`).toEqual(["Refunds"]);
        expect(ana.outbox.waiting(ana.foundation.databases.read)).toBe(0);
      }
    }
  }, 120_000);

  const told: readonly (readonly [FolderFault, string])[] = [
    ["full", "full"],
    ["denied", "denied"],
    ["read_only", "read_only"],
    ["unavailable", "unavailable"],
  ];
  for (const [fault, reason] of told) {
    it(`says "${reason}" while writing fails so, keeps what waits and sends it later`, async () => {
      let failing = true;
      await using bed = await createExchangeBed({
        names: ["ana", "ben"],
        folderOf: (name, folder) =>
          name === "ana"
            ? {
                ...folder,
                write: async (path, bytes) => {
                  if (failing) await refusing(folder, fault).write(path, bytes);
                  else await folder.write(path, bytes);
                },
              }
            : folder,
      });
      const ana = bed.peer("ana");
      await ana.write("Refunds");
      const report = await ana.exchange.cycle();
      expect(report).toMatchObject({ sent: 0, waiting: 1 });
      expect(ana.exchange.state().problem?.reason).toBe(reason);
      failing = false;
      await bed.cycles(3);
      expect(ana.exchange.state().problem).toBeNull();
      expect(bed.peer("ben").titles()).toEqual(["Refunds"]);
    });
  }

  it("goes on reading while it cannot write", async () => {
    await using bed = await createExchangeBed({
      names: ["ana", "ben"],
      folderOf: (name, folder) =>
        name === "ben" ? { ...folder, write: refusing(folder, "read_only").write } : folder,
    });
    await bed.peer("ben").write("Returns");
    await bed.peer("ana").write("Refunds");
    await bed.cycles(3);
    expect(bed.peer("ben").titles()).toEqual(["Refunds", "Returns"]);
    expect(bed.peer("ben").exchange.state().problem?.reason).toBe("read_only");
  });

  it("writes a file under its own name where the folder never renames", async () => {
    await using bed = await createExchangeBed({
      names: ["ana", "ben"],
      folderOf: (_, folder) => ({ ...folder, rename: refusing(folder, "busy").rename }),
    });
    await bed.peer("ana").write("Refunds");
    await bed.cycles(3);
    expect(bed.peer("ben").titles()).toEqual(["Refunds"]);
    const left = bed.carrier
      .viewOf("ana")
      .paths()
      .filter((path) => path.endsWith(".tmp"));
    expect(left).toEqual([]);
  });

  it("writes a file again that the share lost after saying that it was written", async () => {
    await using bed = await createExchangeBed({ names: ["ana", "ben"] });
    const ana = bed.peer("ana");
    await ana.write("Refunds");
    await ana.exchange.cycle();
    const view = bed.carrier.viewOf("ana");
    const segment = view.paths().find((path) => path.startsWith("s/")) ?? "";
    const whole = view.get(segment)[0]?.bytes ?? new Uint8Array();
    view.set(segment, [copyOf(whole.subarray(0, 10), bed.carrier)]);
    await ana.exchange.cycle();
    expect(view.get(segment)[0]?.bytes).toEqual(whole);
  });
});

describe("files that are not what they should be", () => {
  it("are set aside with their reason, and read again once they are whole", async () => {
    await using bed = await createExchangeBed({ names: ["ana", "ben"] });
    await bed.peer("ana").write("Refunds");
    await bed.peer("ana").exchange.cycle();
    bed.advance(1000);
    const view = bed.carrier.viewOf("ben");
    const segment = view.paths().find((path) => path.startsWith("s/")) ?? "";
    const whole = view.get(segment)[0]?.bytes ?? new Uint8Array();
    for (const [bytes, reason] of [
      [new Uint8Array(), "truncated"],
      [whole.subarray(0, whole.length / 2), "truncated"],
    ] as const) {
      view.set(segment, [copyOf(bytes, bed.carrier)]);
      const report = await bed.peer("ben").exchange.cycle();
      expect(report.quarantined).toContainEqual({ path: segment, reason });
      bed.advance(20_000);
    }
    view.set(segment, [copyOf(whole, bed.carrier)]);
    bed.advance(minute);
    await bed.cycles(2);
    expect(bed.peer("ben").titles()).toEqual(["Refunds"]);
  });

  it("of a stranger cost 4 KB each, and are taken once the stranger is known", async () => {
    const opened: FaultyFolder[] = [];
    await using bed = await createExchangeBed({
      names: ["ana"],
      folderOf: (_, folder) => {
        const counting = faultyFolder(folder);
        opened.push(counting);
        return counting;
      },
    });
    const ana = bed.peer("ana");
    const [stranger] = generateColleagues({ library: bed.library, devices: 1, changes: 500 });
    if (stranger === undefined) throw new Error("There is one.");
    for (const { name, bytes } of stranger.publish(1000)) {
      bed.carrier.viewOf("ana").set(formatName(name), [copyOf(bytes, bed.carrier)]);
    }
    const report = await ana.exchange.cycle();
    expect(report.quarantined).toMatchObject([{ reason: "unknown_device" }]);
    expect(report.bytesRead).toBeLessThan(3 * 4096);
    expect(ana.titles()).toEqual([]);
    bed.members.add(stranger.device.id);
    expect(await ana.exchange.cycle()).toMatchObject({ received: 500 });
  });

  it("under any name are looked at once, however often the folder is gone through", async () => {
    await using bed = await createExchangeBed({ names: ["ana"] });
    const junk = copyOf(Buffer.from("Shopping: milk, bread"), bed.carrier);
    for (let index = 0; index < 20; index += 1) {
      bed.carrier.viewOf("ana").set(`s/note ${String(index)}.txt`, [junk]);
    }
    const ana = bed.peer("ana");
    const first = await ana.exchange.cycle({ full: true });
    expect(first.filesOpened).toBeGreaterThanOrEqual(20);
    const second = await ana.exchange.cycle({ full: true });
    expect(second.filesOpened).toBeLessThanOrEqual(2);
  });
});

describe("a folder that gets long", () => {
  it("holds packs instead of small files once everybody has them, and newcomers get a bundle", async () => {
    await using bed = await createExchangeBed({ names: ["ana", "ben"] });
    const [ana, ben] = [bed.peer("ana"), bed.peer("ben")];
    for (let index = 0; index < 70; index += 1) {
      await ana.write(`Topic ${String(index)}`);
      await ana.exchange.cycle();
      bed.advance(5000);
    }
    await bed.cycles(4);
    const view = bed.carrier.viewOf("ana");
    const count = (place: "loose" | "pack") =>
      view.paths().filter((path) => path.startsWith(`${folderNames[place]}/`)).length;
    expect(count("pack")).toBe(1);
    expect(count("loose")).toBeGreaterThan(60);
    await bed.cycles(3, 5 * 60 * minute);
    bed.advance(15 * day);
    await bed.cycles(4, 7 * 60 * minute);
    expect(count("loose")).toBeLessThan(10);
    expect(ben.titles()).toHaveLength(70);
    expect(ana.titles()).toEqual(ben.titles());
  }, 60_000);

  it("keeps the small files while somebody who is around lacks them", async () => {
    await using bed = await createExchangeBed({ names: ["ana", "ben"] });
    const ana = bed.peer("ana");
    await bed.cycles(2);
    await bed.peer("ben").write("Hello");
    await bed.cycles(4);
    for (let index = 0; index < 70; index += 1) {
      await ana.write(`Topic ${String(index)}`);
      await ana.exchange.cycle();
      bed.advance(5000);
    }
    for (let time = 0; time < 4; time += 1) {
      await ana.exchange.cycle();
      bed.advance(5 * day);
    }
    const loose = bed.carrier
      .viewOf("ana")
      .paths()
      .filter((path) => path.startsWith(`s/${ana.device.slice(0, 2)}/${ana.device}`));
    expect(loose.length).toBeGreaterThan(60);
  }, 60_000);
});

function refusing(folder: Parameters<typeof faultyFolder>[0], fault: FolderFault): FaultyFolder {
  return faultyFolder(folder, { at: 1, fault, times: Infinity });
}
