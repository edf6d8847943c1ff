import Sqlite from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ChangeDraft } from "#engine/log/change-log.ts";
import { nodeCryptography } from "#engine/identity/cryptography.ts";
import type { Change, Write } from "#shared/domain/change.ts";
import { type Timestamp, timestampToMilliseconds } from "#shared/domain/clock.ts";
import { changeIdSchema, type IdSource, newRecordId, type RecordId } from "#shared/domain/ids.ts";
import { processorTime } from "#test/support/processor-time.ts";
import { createTestFoundation, type TestFoundation } from "#test/support/test-foundation.ts";

let foundation: TestFoundation;
beforeEach(async () => {
  foundation = await createTestFoundation();
});
afterEach(() => foundation[Symbol.asyncDispose]());

const title = (value: string): Write => ({ kind: "set", path: "title", value, after: [] });

function draft(clock: IdSource, writes: readonly Write[], record?: RecordId): ChangeDraft {
  const ids = { record: record ?? newRecordId(clock), action: newRecordId(clock) };
  return { ...ids, type: "playbook", writes: [...writes] };
}

function append(...drafts: readonly ChangeDraft[]): Promise<readonly Change[]> {
  return foundation.databases.queue.run((db) => foundation.log.append(db, drafts));
}

function problems(): readonly string[] {
  const { log, databases } = foundation;
  return [...log.verify(databases.read)].flatMap((step) => step.problem ?? []);
}

/** Does to the file what the engine never would. */
function tamper(sql: string, ...values: readonly unknown[]): void {
  const db = new Sqlite(foundation.databases.files.workspace);
  expect(db.prepare(sql).run(...values).changes).toBeGreaterThan(0);
  db.close();
}

async function appendTwelve(): Promise<readonly Change[]> {
  const { clock } = foundation;
  const changes: Change[] = [];
  for (let transaction = 0; transaction < 4; transaction += 1) {
    const three = [1, 2, 3].map((index) => draft(clock, [title(`${transaction} ${index}`)]));
    changes.push(...(await append(...three)));
  }
  return changes;
}

describe("appending", () => {
  test("gives every change its place, its author and a time that never runs backwards", async () => {
    const { clock, log, databases, identity, person } = foundation;
    const first = await append(draft(clock, [title("a")]), draft(clock, [title("b")]));
    clock.advance(-4 * 60 * 1000);
    const second = await append(draft(clock, [title("c")]));
    const all = [...log.all(databases.read)];
    expect(all).toEqual([...first, ...second]);
    expect(all.map((change) => change.sequence)).toEqual([1, 2, 3]);
    expect(all.map((change) => change.device)).toEqual(Array(3).fill(identity.device()?.id));
    expect(all.map((change) => change.author)).toEqual(Array(3).fill(person));
    const times = all.map((change): Timestamp => change.at);
    expect(times).toEqual([...new Set(times)].toSorted());
    expect(log.count(databases.read)).toBe(3);
  });

  test("keeps its order when the clock jumps back by days, and follows the clock again", async () => {
    const { clock, log, databases } = foundation;
    const record = newRecordId(clock);
    await append(draft(clock, [title("a")], record));
    clock.advance(-2 * 24 * 3600 * 1000);
    const [later] = await append(draft(clock, [title("b")], record));
    expect(log.ofRecord(databases.read, record).map((change) => change.sequence)).toEqual([1, 2]);
    expect(timestampToMilliseconds(later!.at) - clock.now()).toBeLessThanOrEqual(5 * 60 * 1000);
  });

  test("finds changes again by id, by record and by action", async () => {
    const { clock, log, databases } = foundation;
    const record = newRecordId(clock);
    const [one, other] = await append(
      draft(clock, [title("a")], record),
      draft(clock, [title("b")]),
    );
    const [two] = await append({ ...draft(clock, [title("c")], record), action: one!.action });
    expect(log.get(databases.read, other!.id)).toEqual(other);
    expect(
      log.get(databases.read, changeIdSchema.parse(other!.id.replace("-2-", "-99-"))),
    ).toBeUndefined();
    expect(log.ofRecord(databases.read, record)).toEqual([one, two]);
    expect(log.ofAction(databases.read, one!.action!)).toEqual([one, two]);
    expect([...log.recordsOfAction(databases.read, one!.action!)]).toEqual([record]);
    expect([...log.records(databases.read)]).toEqual([record, other!.record].toSorted());
  });

  test("keeps kinds of writes and keys that only a newer version knows", async () => {
    const { clock, log, databases } = foundation;
    const newer: Write = { kind: "counter", path: "votes", by: 2, deep: { z: [1], a: null } };
    const drafted = { ...draft(clock, [newer, title("a")]), weight: { b: 1, a: 2 } };
    const [change] = await append(drafted);
    expect(log.get(databases.read, change!.id)).toEqual(change);
    const row = databases.read.prepare("SELECT body FROM change_log").get() as { body: string };
    expect(row.body).toContain('"weight":{"a":2,"b":1}');
    expect(row.body).toContain(
      '{"by":2,"deep":{"a":null,"z":[1]},"kind":"counter","path":"votes"}',
    );
    expect(problems()).toEqual([]);
  });

  test("answers the change as it will be read, down to the order of keys", async () => {
    const { clock, log, databases } = foundation;
    const value = { zebra: 1, ant: { y: 2, b: [] } };
    const [change] = await append(
      draft(clock, [{ kind: "set", path: "verification", value, after: [] }]),
    );
    const read = log.get(databases.read, change!.id);
    expect(JSON.stringify(change)).toBe(JSON.stringify(read));
  });

  test("keeps text to the letter: astral characters, separators, every kind of line end", async () => {
    const { clock, log, databases } = foundation;
    const text = "𝔊uild\u2028hall\r\n\t\u0000 é e\u0301 \u200F עברית";
    const [change] = await append(draft(clock, [title(text)]));
    expect(log.get(databases.read, change!.id)?.writes[0]).toMatchObject({ value: text });
    expect(problems()).toEqual([]);
  });

  test("changes nothing when the transaction fails afterwards", async () => {
    const { clock, log, databases } = foundation;
    await append(draft(clock, [title("a")]));
    const failing = databases.queue.run((db) => {
      log.append(db, [draft(clock, [title("b")])]);
      throw new Error("after the append");
    });
    await expect(failing).rejects.toThrow("after the append");
    expect(log.count(databases.read)).toBe(1);
    const [next] = await append(draft(clock, [title("c")]));
    expect(next?.sequence).toBe(2);
    expect(problems()).toEqual([]);
  });

  test("ten thousand changes in transactions of fifty stay in proportion", async () => {
    const { clock, log, databases } = foundation;
    const calibration = processorTime();
    for (let n = 0; n < 20_000; n += 1) nodeCryptography.hash(new Uint8Array(1024));
    const unit = calibration();
    const spent = processorTime();
    for (let chunk = 0; chunk < 200; chunk += 1) {
      await append(...Array.from({ length: 50 }, (_, n) => draft(clock, [title(`${chunk} ${n}`)])));
    }
    const appending = spent();
    expect(log.count(databases.read)).toBe(10_000);
    // About 0.6 s beside a calibration loop of 0.1 s; ten times that would be a mistake.
    expect(appending / unit).toBeLessThan(60);
    expect(problems()).toEqual([]);
  });
});

describe("verifying", () => {
  test("finds nothing in a log that is as it was written", async () => {
    await appendTwelve();
    const steps = [...foundation.log.verify(foundation.databases.read)];
    expect(steps).toHaveLength(12);
    expect(problems()).toEqual([]);
  });

  test("finds a change whose words were altered", async () => {
    await appendTwelve();
    tamper("UPDATE change_log SET body = replace(body, '1 2', '9 9') WHERE sequence = 5");
    expect(problems().join()).toMatch(/-0-5-\w{6} or one before it is not what was written/u);
  });

  test("finds an altered change even when the chain was computed anew, by the signature", async () => {
    const changes = await appendTwelve();
    const rows = foundation.databases.read
      .prepare("SELECT position, body FROM change_log ORDER BY sequence")
      .all() as { position: number; body: string }[];
    let chain: Uint8Array = new Uint8Array(32);
    for (const row of rows) {
      const body = row.position === 5 ? row.body.replace("1 2", "9 9") : row.body;
      chain = nodeCryptography.hash(chain, nodeCryptography.hash(Buffer.from(body)));
      tamper(
        "UPDATE change_log SET body = ?, chain = ? WHERE position = ?",
        body,
        chain,
        row.position,
      );
    }
    const place = changes[5]!.id.slice(0, -7);
    expect(problems().join()).toMatch(new RegExp(`${place}-\\w{6} is not that of its device`, "u"));
  });

  test("finds a change that was removed, in the middle and at the end", async () => {
    await appendTwelve();
    tamper("DELETE FROM change_log WHERE sequence = 8");
    expect(problems().join()).toContain("Changes 8 to 8");
    tamper("DELETE FROM change_log WHERE sequence = 12");
    expect(problems().join()).toMatch(/Change 12 .* is missing, though the device signed it/u);
  });

  test("finds that everything was removed", async () => {
    await appendTwelve();
    tamper("DELETE FROM change_log");
    expect(problems().join()).toContain("All changes of device");
  });

  test("finds changes that changed places", async () => {
    await appendTwelve();
    tamper("UPDATE change_log SET sequence = 100 WHERE sequence = 2");
    tamper("UPDATE change_log SET sequence = 2 WHERE sequence = 3");
    tamper("UPDATE change_log SET sequence = 3 WHERE sequence = 100");
    expect(problems().join()).toMatch(/-0-2-\w{6} or one before it is not what was written/u);
    expect(problems().join()).toMatch(/-0-3-\w{6} or one before it is not what was written/u);
  });

  test("finds a change that was filed under another record", async () => {
    const [first, second] = await appendTwelve();
    tamper("UPDATE change_log SET record = ? WHERE sequence = 1", second!.record);
    expect(problems()).toEqual([
      `Change ${first!.id} or one before it is not what was written: the chain of hashes breaks there.`,
    ]);
  });

  test("finds a change that was filed under another action", async () => {
    const { clock } = foundation;
    const { action: _, ...alone } = draft(clock, [title("a")]);
    const [first] = await append(alone);
    tamper("UPDATE change_log SET action = ? WHERE sequence = 1", newRecordId(clock));
    expect(problems()).toEqual([
      `Change ${first!.id} is filed under another place than it says itself.`,
    ]);
  });

  test("finds an altered, a missing and a borrowed signature", async () => {
    await appendTwelve();
    tamper("UPDATE chain_signature SET signature = zeroblob(64) WHERE sequence = 3");
    expect(problems().join()).toMatch(/-0-3-\w{6} is not that of its device/u);
    tamper("DELETE FROM chain_signature WHERE sequence = 12");
    expect(problems().join()).toContain("Changes 10 to 12 of");
    tamper(
      "INSERT INTO chain_signature SELECT device, incarnation, 12, signature FROM chain_signature WHERE sequence = 9",
    );
    expect(problems().join()).toMatch(/-0-12-\w{6} is not that of its device/u);
  });

  test("finds a log that another key signed", async () => {
    await appendTwelve();
    const stranger = nodeCryptography.signer(new Uint8Array(32).fill(7)).publicKey;
    tamper("UPDATE device SET signing_key = ?", stranger);
    expect(problems().join()).toContain("is not its own");
    tamper("DELETE FROM device");
    expect(problems().join()).toContain("is missing");
  });

  test("finds words that are no change at all", async () => {
    await appendTwelve();
    tamper("UPDATE change_log SET body = '{' WHERE sequence = 4");
    expect(problems().join()).toMatch(/-0-4-\w{6} cannot be read/u);
  });
});

test("nothing can be appended before a workspace was started", async () => {
  tamper("DELETE FROM workspace");
  await expect(append(draft(foundation.clock, [title("a")]))).rejects.toMatchObject({
    code: "no_workspace",
  });
});

test("each incarnation of a device has a chain of its own", async () => {
  await appendTwelve();
  tamper("UPDATE workspace SET incarnation = 1");
  const [change] = await append(draft(foundation.clock, [title("new life")]));
  expect(change).toMatchObject({ incarnation: 1, sequence: 1 });
  expect(problems()).toEqual([]);
});
