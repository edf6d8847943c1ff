/** What breaks on the disk is told in a sentence, and nothing is made worse by opening it. */
import { closeSync, openSync, readFileSync, truncateSync, writeSync } from "node:fs";
import path from "node:path";
import Sqlite from "better-sqlite3";
import { describe, expect, test } from "vitest";
import type { CheckReport } from "#shared/contract/health.ts";
import { RpcFault } from "#shared/rpc/wire.ts";
import { createTestEngine } from "#test/support/test-engine.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";

async function writtenProfile(folder: string): Promise<string> {
  const profile = path.join(folder, "profile");
  await using app = await createTestEngine({ profile });
  for (let page = 0; page < 20; page += 1) {
    const fields = { title: `Lesson ${page}` };
    await app.client.records.create({ type: "lesson", fields, body: "Words. ".repeat(1000) });
  }
  return profile;
}

/** Writes nines over a stretch of the file. */
function spoil(file: string, from: number, length: number): Buffer {
  const handle = openSync(file, "r+");
  writeSync(handle, Buffer.alloc(length, 9), 0, length, from);
  closeSync(handle);
  return readFileSync(file);
}

/** Where the first page of a table or index lies in the file. */
function pageOf(file: string, name: string): readonly [from: number, length: number] {
  const db = new Sqlite(file, { readonly: true });
  const size = Number(db.pragma("page_size", { simple: true }));
  const sql = "SELECT rootpage FROM sqlite_schema WHERE name = ?";
  const page = Number(db.prepare(sql).pluck().get(name));
  db.close();
  return [(page - 1) * size, size];
}

async function codeOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => "answered",
    (error: unknown) => (error instanceof RpcFault ? error.fault.code : String(error)),
  );
}

describe("a damaged file", () => {
  test.each(["workspace.db", "local.db"])("%s is named and left as it is", async (name) => {
    using folder = temporaryFolder();
    const profile = await writtenProfile(folder.path);
    const spoilt = spoil(path.join(profile, name), 0, 100);
    const opening = createTestEngine({ profile, start: false });
    await expect(opening).rejects.toMatchObject({ code: "damaged" });
    expect(readFileSync(path.join(profile, name))).toEqual(spoilt);
  });

  test("in its middle refuses each call with a sentence, and a check says where", async () => {
    using folder = temporaryFolder();
    const profile = await writtenProfile(folder.path);
    const file = path.join(profile, "workspace.db");
    const spoilt = spoil(file, ...pageOf(file, "record_by_updated"));
    await using app = await createTestEngine({ profile, start: false });
    expect(await codeOf(app.client.records.list({ limit: 1000 }))).toBe("damaged");
    const edit = { type: "lesson", fields: { title: "One more" } };
    expect(await codeOf(app.client.records.create(edit))).toBe("damaged");
    const started = await app.client.health.check({});
    expect(await app.ended(started)).toMatchObject({ state: "done" });
    const report = (await app.client.jobs.result({ id: started.job })) as unknown as CheckReport;
    expect(report.ok).toBe(false);
    expect(report.problems.join()).toContain("damaged on the disk");
    expect(app.internalErrors).toEqual([]);
    expect(readFileSync(file)).toEqual(spoilt);
  });

  test("of the workspace that is gone is missed, and its keys are not written over", async () => {
    using folder = temporaryFolder();
    const profile = await writtenProfile(folder.path);
    const keys = readFileSync(path.join(profile, "device-keys.json"));
    truncateSync(path.join(profile, "workspace.db"), 0);
    const opening = createTestEngine({ profile, start: false });
    await expect(opening).rejects.toMatchObject({ code: "lost_workspace" });
    expect(readFileSync(path.join(profile, "device-keys.json"))).toEqual(keys);
  });
});
