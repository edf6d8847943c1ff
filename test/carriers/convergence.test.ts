/** Two real engines on two computers' folders come to the same records through software that is not ours. */
import { existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { createFileFolder } from "#engine/sync/files/file-folder.ts";
import { libraryName } from "#shared/format/names.ts";
import { type Bed, createExchangeBed, type Peer } from "#test/support/exchange-bed.ts";
import { until } from "./daemon.ts";
import type { Meeting } from "./meeting.ts";
import { realCarriers, titleOf } from "./real-carriers.ts";

const minute = 60_000;

type Joined = AsyncDisposable & {
  readonly ana: Peer;
  readonly ben: Peer;
  /** Both look at their folders once, and the carrier brings what they did. */
  readonly round: (pause?: number) => Promise<void>;
};

/** Two engines whose library lies in the first computer's folder and has come to the second's. */
async function join(meeting: Meeting): Promise<Joined> {
  const places = new Map([
    ["ana", meeting.places[0]],
    ["ben", meeting.places[1]],
  ]);
  const bed: Bed = await createExchangeBed({
    names: ["ana", "ben"],
    folderOf: (name, simulated) => {
      const root = places.get(name);
      return root === undefined ? simulated : createFileFolder({ root });
    },
  });
  const library = bed.carrier.viewOf("ana").get(libraryName)[0]?.bytes ?? new Uint8Array();
  writeFileSync(path.join(meeting.places[0], libraryName), library);
  await until("the library has come", () => existsSync(path.join(meeting.places[1], libraryName)));
  await meeting.settled();
  return {
    ana: bed.peer("ana"),
    ben: bed.peer("ben"),
    round: async (pause = 5000) => {
      for (const { exchange } of bed.peers) await exchange.cycle();
      await meeting.settled();
      bed.advance(pause);
    },
    [Symbol.asyncDispose]: () => bed[Symbol.asyncDispose](),
  };
}

/** Everything that the projections of records say. */
function dump({ foundation }: Peer): readonly string[] {
  const { read } = foundation.databases;
  return ["record", "record_text", "refusal"].flatMap((table) =>
    read
      .prepare(`SELECT * FROM ${table}`)
      .all()
      .map((row) => `${table} ${JSON.stringify(row)}`)
      .toSorted(),
  );
}

for (const carrier of realCarriers) {
  describe.skipIf(carrier.missing !== undefined)(titleOf(carrier), () => {
    test("brings two engines to the same records, conflicts included, and keeps them there", async () => {
      await using meeting = await carrier.start();
      await using joined = await join(meeting);
      const { ana, ben, round } = joined;
      for (let index = 0; index < 20; index += 1) {
        await ana.write(`Ana ${index}`);
        await ben.write(`Ben ${index}`);
        if (index % 5 === 4) await round();
      }
      await until("both have all", async () => {
        await round();
        return [ana, ben].every((peer) => peer.titles().length === 40);
      });
      expect(dump(ben)).toEqual(dump(ana));

      const shared = await ana.write("Shared");
      await until("it has come", async () => {
        await round();
        return ben.titles().includes("Shared");
      });
      await ana.store.write([{ id: shared, type: "topic", fields: { name: "By Ana" } }]);
      await ben.store.write([{ id: shared, type: "topic", fields: { name: "By Ben" } }]);
      await until("both know both", async () => {
        await round();
        return JSON.stringify(dump(ana)) === JSON.stringify(dump(ben));
      });
      expect(ana.store.get(shared)?.title).toMatch(/^By (?:Ana|Ben)$/u);
      expect(ben.titles()).toEqual(ana.titles());
      expect(ana.titles()).toHaveLength(41);
      for (const peer of [ana, ben]) {
        expect(peer.exchange.state().problem).toBeNull();
        expect([...peer.foundation.log.verify(peer.foundation.databases.read)]).toSatisfy(
          (checks: readonly { problem: string | null }[]) =>
            checks.every(({ problem }) => problem === null),
        );
      }
      await round();
      expect(await ben.exchange.cycle()).toMatchObject({ filesOpened: 0, sent: 0, received: 0 });
    });

    test("has its files put back after somebody deleted them", async () => {
      await using meeting = await carrier.start();
      await using joined = await join(meeting);
      const { ana, ben, round } = joined;
      await ana.write("Refunds");
      await until("it has come", async () => {
        await round();
        return ben.titles().includes("Refunds");
      });
      const streams = meeting.places.map((place) => path.join(place, "s"));
      const files = () => streams.map((place) => filesIn(place));
      const before = files();
      rmSync(streams[1] ?? "", { recursive: true });
      await meeting.settled();
      await until("all are gone", () => files().every((list) => list.length === 0));
      await until("all are back", async () => {
        await round(5 * minute);
        return JSON.stringify(files()) === JSON.stringify(before);
      });
      expect(before[0]?.length).toBeGreaterThan(0);
      expect(ben.titles()).toEqual(["Refunds"]);
    });
  });
}

/** A client of a share can list a name from its memory whose folder is gone: then nothing is there. */
function filesIn(place: string): readonly string[] {
  try {
    return readdirSync(place, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".gs"))
      .toSorted();
  } catch {
    return [];
  }
}
