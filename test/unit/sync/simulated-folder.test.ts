/** The simulator itself: what it claims to do to files, it does, and the same seed does the same. */
import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { FolderError } from "#engine/sync/folder.ts";
import { type CarrierKnobs, stormy } from "#test/support/carrier-knobs.ts";
import { SimulatedCrash } from "#test/support/carrier-workings.ts";
import { faultyFolder } from "#test/support/faulty-folder.ts";
import { type Carrier, simulateCarrier } from "#test/support/simulated-folder.ts";

const hour = 3_600_000;
const bytes = new Uint8Array(100).fill(7);

function carry(knobs: Partial<CarrierKnobs>, seed = 1) {
  return simulateCarrier({ seed, devices: ["ana", "ben"], knobs });
}

async function outcome(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return "done";
  } catch (error) {
    if (error instanceof FolderError) return error.fault;
    return error instanceof SimulatedCrash ? "crash" : String(error);
  }
}

async function names(carrier: Carrier, device: string, folder = "") {
  return (await carrier.folderOf(device).list(folder)).map(({ name }) => name);
}

describe("the simulated carrier", () => {
  test("brings a file when its time has come, and its removal", async () => {
    const carrier = carry({ delay: [1000, 1001] });
    await carrier.folderOf("ana").write("file.gs", bytes);
    expect(await names(carrier, "ben")).toEqual([]);
    carrier.advance(1000);
    expect(await names(carrier, "ben")).toEqual(["file.gs"]);
    await carrier.folderOf("ana").remove("file.gs");
    carrier.settle();
    expect(await names(carrier, "ben")).toEqual([]);
  });

  test("does not let a late file undo its removal", async () => {
    const carrier = carry({ delay: [5 * hour, 5 * hour + 1] });
    await carrier.folderOf("ana").write("file.gs", bytes);
    carrier.setKnobs({ delay: [0, 1] });
    await carrier.folderOf("ana").remove("file.gs");
    carrier.advance(40 * 24 * hour);
    expect(await names(carrier, "ben")).toEqual([]);
  });

  test("tells capitals apart or not, as the device's disk does", async () => {
    const devices = ["ana", "ben"];
    const carrier = simulateCarrier({ seed: 1, devices, insensitive: ["ben"] });
    const [ana, ben] = [carrier.folderOf("ana"), carrier.folderOf("ben")];
    await ana.makeFolder("S");
    await ana.write("S/FILE.GS", bytes);
    expect(await names(carrier, "ben", "s")).toEqual(["FILE.GS"]);
    expect((await ben.read("s/file.gs")).length).toBe(100);
    expect(await outcome(ben.write("s/file.gs", bytes))).toBe("exists");
    expect(await outcome(ana.read("s/file.gs"))).toBe("missing");
    await ana.makeFolder("s");
    await ana.write("s/file.gs", bytes);
    expect(await names(carrier, "ana")).toEqual(["S", "s"]);
    expect(await names(carrier, "ben")).toEqual(["S"]);
    await ana.remove("S/FILE.GS");
    expect(await names(carrier, "ben", "S")).toEqual([]);
  });

  test("carries no temporary files, and a renamed one under its new name", async () => {
    const carrier = carry({});
    const ana = carrier.folderOf("ana");
    await ana.write("0123.tmp", bytes);
    expect(await names(carrier, "ben")).toEqual([]);
    await ana.rename("0123.tmp", "file.gs");
    expect(await names(carrier, "ben")).toEqual(["file.gs"]);
  });

  test("brings files in part first, and completes them unless it died", async () => {
    for (const neverCompleted of [0, 1]) {
      const carrier = carry({ truncated: 1, neverCompleted });
      for (let index = 0; index < 20; index += 1) {
        await carrier.folderOf("ana").write(`${index}.gs`, bytes);
      }
      const whole = () =>
        carrier
          .viewOf("ben")
          .paths()
          .filter((path) => {
            return Buffer.compare(carrier.viewOf("ben").get(path)[0]!.bytes, bytes) === 0;
          }).length;
      expect(whole()).toBe(0);
      carrier.settle();
      expect(whole()).toBe(neverCompleted === 1 ? 0 : 20);
    }
  });

  test("keeps both contents where two devices wrote one name", async () => {
    const carrier = carry({ delay: [10, 20] });
    await carrier.folderOf("ana").write("file.gs", new Uint8Array([1]));
    await carrier.folderOf("ben").write("file.gs", new Uint8Array([2]));
    carrier.settle();
    const ana = carrier.viewOf("ana");
    expect(ana.paths()).toHaveLength(2);
    expect(new Set(ana.paths().map((path) => ana.get(path)[0]!.bytes[0]))).toEqual(new Set([1, 2]));
  });

  test.each([
    "late",
    "lost",
    "conflictName",
    "conflictCopy",
    "twin",
    "corrupted",
    "placeholder",
    "wrongTime",
  ] as const)("can do this to a file: %s", async (what) => {
    const carrier = carry({ [what]: 1 });
    const { modified } = await (async () => {
      await carrier.folderOf("ana").write("file.gs", bytes);
      return carrier.folderOf("ana").stat("file.gs");
    })();
    expect(carrier.counts.get(what)).toBe(1);
    carrier.advance(1);
    const ben = carrier.viewOf("ben");
    const paths = ben.paths();
    const copies = ben.get("file.gs");
    const same = copies[0] !== undefined && Buffer.compare(copies[0].bytes, bytes) === 0;
    expect({
      late: paths.length === 0,
      lost: paths.length === 0,
      conflictName: paths.length === 1 && paths[0] !== "file.gs",
      conflictCopy: paths.length === 2 && same,
      twin: copies.length === 2 && same,
      corrupted: copies.length === 1 && !same,
      placeholder: (await outcome(carrier.folderOf("ben").read("file.gs"))) === "not_here",
      wrongTime: copies[0]?.modified !== modified,
    }).toMatchObject({ [what]: true });
    carrier.settle();
    expect(carrier.viewOf("ben").paths().length > 0).toBe(what !== "lost");
  });

  test.each([
    ["full", "full", "done"],
    ["readOnly", "read_only", "done"],
    ["unavailable", "unavailable", "unavailable"],
    ["emptyRoot", "done", "missing"],
  ] as const)("has hours of this kind: %s", async (what, writing, reading) => {
    const carrier = carry({});
    await carrier.folderOf("ana").write("before.gs", bytes);
    carrier.setKnobs({ [what]: 1 });
    carrier.advance(1);
    expect(await outcome(carrier.folderOf("ana").write("file.gs", bytes))).toBe(writing);
    expect(await outcome(carrier.folderOf("ana").read("before.gs"))).toBe(reading);
    carrier.settle();
    expect(await outcome(carrier.folderOf("ana").write("other.gs", bytes))).toBe("done");
    expect(await names(carrier, "ana")).toContain("before.gs");
    expect((carrier.counts.get("wroteIntoNothing") ?? 0) > 0).toBe(what === "emptyRoot");
  });

  test("tells a listing of before, though never one older than ten seconds", async () => {
    const carrier = carry({ staleListing: 1 });
    const ben = carrier.folderOf("ben");
    expect(await ben.list("")).toEqual([]);
    await carrier.folderOf("ana").write("file.gs", bytes);
    expect(await ben.list("")).toEqual([]);
    carrier.advance(10_001);
    expect(await ben.list("")).toHaveLength(1);
  });

  test("lets an app die at a call, and then nothing answers it until it starts again", async () => {
    const left = new Set<string>();
    for (let seed = 0; seed < 30; seed += 1) {
      const carrier = carry({}, seed);
      const ana = carrier.folderOf("ana");
      await ana.list("");
      carrier.crashAt("ana", 1);
      expect(await outcome(ana.write("file.gs", bytes))).toBe("crash");
      expect(await outcome(ana.list(""))).toBe("crash");
      const [copy] = carrier.viewOf("ana").get("file.gs");
      left.add(copy === undefined ? "nothing" : String(copy.bytes.length));
      expect(await outcome(carrier.folderOf("ana").list(""))).toBe("done");
    }
    expect([...left].toSorted()).toEqual(["100", "50", "nothing"]);
  });

  test("remembers who did what", async () => {
    const carrier = carry({});
    await carrier.folderOf("ana").write("x.tmp", bytes);
    await carrier.folderOf("ana").rename("x.tmp", "x");
    await carrier.folderOf("ben").remove("x");
    expect(carrier.deeds.map(({ device, deed, path }) => `${device} ${deed} ${path}`)).toEqual([
      "ana write x.tmp",
      "ana remove x.tmp",
      "ana rename x",
      "ben remove x",
    ]);
  });

  test("tells one story for one seed and others for others, and in a storm everything happens", async () => {
    const tell = async (seed: number) => {
      const carrier = simulateCarrier({ seed, devices: ["ana", "ben", "eva"], knobs: stormy });
      const hash = createHash("sha256");
      for (let step = 0; step < 400; step += 1) {
        const device = ["ana", "ben", "eva"][step % 3]!;
        const folder = carrier.folderOf(device);
        hash.update(await outcome(folder.write(`${step}.gs`, new Uint8Array(50).fill(step))));
        hash.update(JSON.stringify(await folder.list("").catch(String)));
        hash.update(JSON.stringify(await folder.list("").catch(String)));
        hash.update(await outcome(folder.read(`${step - 9}.gs`)));
        carrier.meddle();
        carrier.advance(20 * 60_000);
      }
      carrier.settle();
      for (const device of ["ana", "ben", "eva"]) {
        for (const path of carrier.viewOf(device).paths()) {
          hash.update(path);
          for (const copy of carrier.viewOf(device).get(path)) hash.update(copy.bytes);
        }
      }
      return { digest: hash.digest("hex"), counts: [...carrier.counts.keys()] };
    };
    const stories = [await tell(1), await tell(1), await tell(2)];
    expect(stories[0]).toEqual(stories[1]);
    expect(stories[2]!.digest).not.toBe(stories[0]!.digest);
    const happened = new Set(stories.flatMap(({ counts }) => counts));
    const wanted = Object.keys(stormy).filter((what) => what !== "delay");
    const said = { readOnly: "read_only" } as Record<string, string>;
    expect(wanted.filter((what) => !happened.has(said[what] ?? what))).toEqual([]);
  });
});

describe("the wrapper for faults", () => {
  test("lets exactly the asked call fail, before or after it was done", async () => {
    for (const done of [false, true]) {
      const inner = carry({}).folderOf("ana");
      const folder = faultyFolder(inner, { at: 2, fault: "busy", done });
      expect(await outcome(folder.write("one", bytes))).toBe("done");
      expect(await outcome(folder.write("two", bytes))).toBe("busy");
      expect(await outcome(folder.list(""))).toBe("done");
      expect((await inner.list("")).map(({ name }) => name)).toEqual(
        done ? ["one", "two"] : ["one"],
      );
      expect(folder.calls).toEqual([
        { call: "write", path: "one" },
        { call: "write", path: "two" },
        { call: "list", path: "" },
      ]);
    }
  });

  test("can let all calls from one on fail, and with any error", async () => {
    const folder = faultyFolder(carry({}).folderOf("ana"), {
      at: 1,
      fault: new SimulatedCrash("x"),
      times: Infinity,
    });
    expect(await outcome(folder.list(""))).toBe("crash");
    expect(await outcome(folder.list(""))).toBe("crash");
  });
});
