/** How much one look does at most, and what it goes round. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { fetchAttachment } from "#engine/sync/exchange/attachment-in.ts";
import { readEvents } from "#engine/sync/exchange/folder-events.ts";
import { FolderError, type Folder } from "#engine/sync/folder.ts";
import { defaultPace } from "#engine/sync/pace.ts";
import { formatName } from "#shared/format/names.ts";
import { type Bed, copyOf, createExchangeBed } from "#test/support/exchange-bed.ts";
import { type Colleague, generateColleagues } from "#test/support/generate-colleagues.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";

const day = 24 * 60 * 60 * 1000;

function put(bed: Bed, colleague: Colleague, perFile: number): void {
  for (const { name, bytes } of colleague.publish(perFile)) {
    bed.carrier.viewOf("ana").set(formatName(name), [copyOf(bytes, bed.carrier)]);
  }
}

function oneColleague(bed: Bed, changes: number): Colleague {
  const [colleague] = generateColleagues({ library: bed.library, devices: 1, changes });
  if (colleague === undefined) throw new Error("There is one.");
  bed.members.add(colleague.device.id);
  return colleague;
}

describe("a look", () => {
  it("reads so much of one device in a day, and the rest the day after", async () => {
    await using bed = await createExchangeBed({ names: ["ana"], pace: { deviceBudget: 6000 } });
    const ana = bed.peer("ana");
    const colleague = oneColleague(bed, 20);
    put(bed, colleague, 20);
    expect(await ana.exchange.cycle()).toMatchObject({ received: 20 });
    for (let file = 0; file < 20; file += 1) {
      colleague.write(10);
      put(bed, colleague, 10);
    }
    const flooded = await ana.exchange.cycle();
    expect(flooded.received).toBeGreaterThan(0);
    expect(flooded.received).toBeLessThan(200);
    const [event] = readEvents(ana.foundation.databases.read, 1);
    expect(event?.sentence).toContain("in one day");
    let rest = flooded.received;
    for (let days = 0; days < 10; days += 1) {
      bed.advance(day);
      rest += (await ana.exchange.cycle()).received;
    }
    expect(rest).toBe(200);
  });

  it("of a newcomer takes a bundle and hardly opens anything else", async () => {
    await using bed = await createExchangeBed({ names: ["ana", "ben"] });
    const colleagues = generateColleagues({ library: bed.library, devices: 20, changes: 2000 });
    for (const colleague of colleagues) {
      bed.members.add(colleague.device.id);
      for (const { name, bytes } of colleague.publish(25)) {
        for (const view of ["ana", "ben"]) {
          bed.carrier.viewOf(view).set(formatName(name), [copyOf(bytes, bed.carrier)]);
        }
      }
    }
    await bed.peer("ana").exchange.cycle();
    await bed.peer("ana").exchange.compact();
    bed.advance(1000);
    const report = await bed.peer("ben").exchange.cycle();
    expect(report.received).toBe(2000);
    expect(report.filesOpened).toBeLessThanOrEqual(5);
  });

  it("lists the folders of a few devices, and none that is not there", async () => {
    const asked: string[] = [];
    await using bed = await createExchangeBed({
      names: ["ana"],
      folderOf: (_, folder): Folder => ({
        ...folder,
        list: (place) => {
          asked.push(place);
          return folder.list(place);
        },
      }),
    });
    const ana = bed.peer("ana");
    for (const colleague of generateColleagues({
      library: bed.library,
      devices: 64,
      changes: 64,
    })) {
      bed.members.add(colleague.device.id);
      put(bed, colleague, 1);
    }
    bed.carrier.viewOf("ana").makeFolder("r/zz");
    await ana.exchange.cycle();
    const swept = new Set<string>();
    for (let look = 0; look < 33; look += 1) {
      asked.length = 0;
      await ana.exchange.cycle();
      const streams = asked.filter((place) => place.includes("/"));
      expect(asked.length - streams.length).toBeLessThanOrEqual(5);
      expect(streams.length).toBeLessThanOrEqual(3);
      for (const place of streams) swept.add(place);
    }
    // Those of all devices in turn.
    expect([...swept].filter((place) => place.startsWith("s/")).length).toBeGreaterThanOrEqual(64);
    expect([...swept].filter((place) => !place.startsWith("s/"))).toEqual([]);
  });

  it("goes round a folder that may not be listed", async () => {
    await using bed = await createExchangeBed({
      names: ["ana", "ben"],
      folderOf: (_, folder): Folder => ({
        ...folder,
        list: async (place) => {
          if (place === "System Volume Information") throw new FolderError("denied", place);
          return folder.list(place);
        },
      }),
    });
    for (const name of ["ana", "ben"]) {
      bed.carrier.viewOf(name).makeFolder("System Volume Information");
    }
    await bed.peer("ana").write("Refunds");
    await bed.cycles(3);
    await bed.peer("ben").exchange.cycle({ full: true });
    expect(bed.peer("ben").exchange.state().problem).toBeNull();
    expect(bed.peer("ben").titles()).toEqual(["Refunds"]);
  });

  it("does not miss what lies in a folder that cannot be listed for a while", async () => {
    let away = false;
    await using bed = await createExchangeBed({
      names: ["ana", "ben"],
      folderOf: (name, folder): Folder => ({
        ...folder,
        list: async (place) => {
          if (away && name === "ben" && place.startsWith("s/")) {
            throw new FolderError("not_here", place);
          }
          return folder.list(place);
        },
      }),
    });
    await bed.peer("ana").write("Refunds");
    await bed.cycles(4);
    away = true;
    await bed.cycles(60, 60_000);
    expect(bed.peer("ben").exchange.state().problem).toBeNull();
    expect(readEvents(bed.peer("ben").foundation.databases.read, 5)).toEqual([]);
    expect(
      bed.carrier
        .viewOf("ben")
        .paths()
        .filter((path) => path.endsWith(".tmp")),
    ).toEqual([]);
  });
});

describe("an attachment", () => {
  const content = Buffer.alloc(300_000, "attachment ");
  const hash = createHash("sha256").update(content).digest("hex");

  it("goes into the folder with the record that names it, and back when it is deleted", async () => {
    await using bed = await createExchangeBed({ names: ["ana"] });
    const ana = bed.peer("ana");
    ana.attachments.set(hash, content);
    const id = ana.store.newId();
    const href = `attachments/${hash}/notes.txt`;
    const member = { hash, name: "notes.txt", media_type: "text/plain", bytes: 300_000, href };
    await ana.store.write([{ id, type: "lesson", fields: { title: "A", attachments: [member] } }]);
    await ana.exchange.cycle();
    const name = formatName({ kind: "attachment", sha256: hash });
    const view = bed.carrier.viewOf("ana");
    expect(view.get(name)[0]?.bytes.length).toBe(300_000);
    view.set(name, []);
    await ana.exchange.cycle({ full: true });
    expect(view.get(name)[0]?.bytes.length).toBe(300_000);
  });

  async function fetching(bytes: Uint8Array, partial?: Uint8Array) {
    const place = temporaryFolder();
    const whole = path.join(place.path, hash.slice(0, 2), hash);
    mkdirSync(path.dirname(whole), { recursive: true });
    if (partial !== undefined) writeFileSync(`${whole}.part`, partial);
    const asked: number[] = [];
    const unused = () => Promise.reject(new Error("Fetching only reads."));
    const folder: Folder = {
      list: unused,
      stat: unused,
      write: unused,
      rename: unused,
      remove: unused,
      makeFolder: unused,
      watch: () => ({ [Symbol.dispose]: () => undefined }),
      read: (_, part) => {
        const { at, length } = part ?? { at: 0, length: Infinity };
        asked.push(at);
        return Promise.resolve(bytes.subarray(at, at + length));
      },
    };
    const part = defaultPace.attachmentPart / 8;
    const state = await fetchAttachment(hash, { folder, place: place.path, part, limit: 1e6 });
    const left = { here: existsSync(whole), partial: existsSync(`${whole}.part`) };
    place[Symbol.dispose]();
    return { state, asked, ...left };
  }

  it("is fetched in parts, and has its name only when it is whole", async () => {
    expect(await fetching(content)).toMatchObject({ state: "here", here: true, partial: false });
  });

  it("goes on where an interrupted copy stopped", async () => {
    const { state, asked } = await fetching(content, content.subarray(0, 200_000));
    expect(state).toBe("here");
    expect(asked[0]).toBe(200_000);
  });

  it("of which something else came is thrown away, so that the next try begins anew", async () => {
    const other = Buffer.from(content);
    other[5] = 0;
    expect(await fetching(other)).toMatchObject({ state: "damaged", here: false, partial: false });
    const wrongStart = await fetching(content, other.subarray(0, 100));
    expect(wrongStart).toMatchObject({ state: "damaged", partial: false });
  });
});
