/**
 * A profile that cannot be opened, or not written, as somebody meets it: in the window and on the
 * command line alike a sentence says what happened, why it matters and what to do, and nothing in the
 * profile is worse afterwards.
 */
import { closeSync, openSync, readFileSync, truncateSync, writeSync } from "node:fs";
import path from "node:path";
import { MessageChannel } from "node:worker_threads";
import Sqlite from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { electronPort } from "#hosts/electron-port.ts";
import { engineControl } from "#hosts/engine-control.ts";
import { serveEngineProcess } from "#hosts/engine-process-server.ts";
import { splitPort } from "#hosts/lanes.ts";
import type { WindowPort } from "#hosts/parent-port.ts";
import { contract, type GuildhallClient } from "#shared/contract/index.ts";
import { createClient } from "#shared/rpc/client.ts";
import { callPort, type Port } from "#shared/rpc/port.ts";
import { RpcFault } from "#shared/rpc/wire.ts";
import { runCommand } from "#test/support/run-command.ts";
import { smallDisk } from "#test/support/small-disk.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { createTestEngine } from "#test/support/test-engine.ts";

/** A busy machine takes its time. */
const patience = { timeout: 60_000 };

type Window = AsyncDisposable & { readonly client: GuildhallClient };

/** The engine's process as the app starts it, in this one, with one window. */
async function openWindow(profile: string): Promise<Window> {
  const [control, window] = [new MessageChannel(), new MessageChannel()];
  let receive: (port: WindowPort) => void = () => {};
  serveEngineProcess({
    port: portOf(control.port1),
    onWindowPort: (call) => (receive = call),
    onGone: () => {},
  });
  receive({ port: portOf(window.port1), onClose: () => {} });
  const lane = splitPort(portOf(control.port2)).lane("engine");
  const { engine } = createClient(engineControl, callPort(lane, () => {}).send);
  // What is refused here is told to the window as well; that is where it is looked for.
  await engine.start({ profile, keyStore: false }).catch(() => {});
  return {
    client: createClient(contract, callPort(portOf(window.port2), () => {}).send),
    [Symbol.asyncDispose]: async () => {
      await engine.close({});
      control.port1.close();
      window.port1.close();
    },
  };
}

function portOf(port: MessageChannel["port1"]): Port {
  return electronPort(port, (onMessage) => void port.on("message", onMessage));
}

async function sentenceOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => "answered",
    (error: unknown) => (error instanceof RpcFault ? error.message : String(error)),
  );
}

/** What the window says instead of the workspace, and what the command line does. */
async function bothSay(profile: string): Promise<readonly string[]> {
  await using window = await openWindow(profile);
  const { code, out, err } = await runCommand(profile, "list");
  expect({ code, out }).toEqual({ code: 1, out: "" });
  return [await sentenceOf(window.client.workspace.state({})), err.replace(/^guildhall: /u, "")];
}

async function writtenProfile(place: string): Promise<string> {
  const profile = path.join(place, "profile");
  await using app = await createTestEngine({ profile });
  const fields = { title: "Kept" };
  await app.client.records.create({ type: "lesson", fields, body: "Words. ".repeat(500) });
  return profile;
}

async function opensAgain(profile: string): Promise<void> {
  const { code, out } = await runCommand(profile, "list", "--type", "lesson", "--json");
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ total: 1, records: [{ title: "Kept" }] });
  expect((await runCommand(profile, "check")).code).toBe(0);
}

/** Does to the file what the engine never would. */
function tamper(profile: string, sql: string): void {
  const db = new Sqlite(path.join(profile, "workspace.db"));
  db.exec(sql);
  db.close();
}

describe("the window and the command line say in one sentence that a profile", () => {
  test("is of a newer version", async () => {
    using folder = temporaryFolder();
    const profile = await writtenProfile(folder.path);
    const db = new Sqlite(path.join(profile, "workspace.db"), { readonly: true });
    const known = Number(db.pragma("user_version", { simple: true }));
    db.close();
    tamper(profile, "PRAGMA user_version = 77");
    for (const sentence of await bothSay(profile)) {
      expect(sentence).toMatch(
        /newer version of Guildhall.*could lose.*Install the newer version/u,
      );
    }
    tamper(profile, `PRAGMA user_version = ${String(known)}`);
    await opensAgain(profile);
  });

  test("belongs to another program", async () => {
    using folder = temporaryFolder();
    const profile = await writtenProfile(folder.path);
    tamper(profile, "PRAGMA application_id = 7");
    for (const sentence of await bothSay(profile)) {
      expect(sentence).toMatch(/another program.*leaves it alone.*Choose another folder/u);
    }
  });

  test.each([
    ["has a damaged database", 0, 100],
    ["has a database that was cut off", undefined, 4096 * 3],
  ])("%s", async (_, from, length) => {
    using folder = temporaryFolder();
    const profile = await writtenProfile(folder.path);
    const file = path.join(profile, "workspace.db");
    if (from === undefined) truncateSync(file, length);
    else {
      const handle = openSync(file, "r+");
      writeSync(handle, Buffer.alloc(length, 9), 0, length, from);
      closeSync(handle);
    }
    const spoilt = readFileSync(file);
    for (const sentence of await bothSay(profile)) {
      expect(sentence).toMatch(/damaged|not a Guildhall database/u);
      expect(sentence).toMatch(/backup/u);
    }
    expect(readFileSync(file)).toEqual(spoilt);
  });

  test("lies on a disk that cannot be written to", async (context) => {
    using folder = temporaryFolder();
    using disk = smallDisk(path.join(folder.path, "disk"), 16);
    if (disk === undefined) return context.skip("only the superuser can make a small disk");
    const profile = await writtenProfile(disk.path);
    disk.protect();
    for (const sentence of await bothSay(profile)) {
      expect(sentence).toMatch(/disk that cannot be written to.*Choose another folder/u);
    }
  });

  test("finds no room on its disk", async (context) => {
    using folder = temporaryFolder();
    using disk = smallDisk(path.join(folder.path, "disk"), 16);
    if (disk === undefined) return context.skip("only the superuser can make a small disk");
    const profile = await writtenProfile(disk.path);
    disk.fill();
    for (const sentence of await bothSay(profile)) {
      expect(sentence).toMatch(/disk is full.*Free some space/u);
    }
    disk.free();
    await opensAgain(profile);
  });
});

describe("a disk that fills while somebody works", () => {
  test("refuses drafts and records with a sentence, closes, and nothing that was saved is lost", async (context) => {
    using folder = temporaryFolder();
    using disk = smallDisk(path.join(folder.path, "disk"), 16);
    if (disk === undefined) return context.skip("only the superuser can make a small disk");
    const profile = await writtenProfile(disk.path);
    const draft = (body: string) => ({ key: "new", type: "lesson", fields: {}, body });
    {
      await using window = await openWindow(profile);
      await window.client.drafts.save(draft("saved before"));
      disk.fill();
      const words = "Words that find no room any more. ".repeat(20_000);
      expect(await sentenceOf(window.client.drafts.save(draft(words)))).toMatch(
        /disk is full, so nothing was written; what was saved before is safe.*Free some space/u,
      );
      const fields = { title: "No room" };
      expect(
        await sentenceOf(window.client.records.create({ type: "lesson", fields, body: words })),
      ).toMatch(/disk is full/u);
      expect((await window.client.drafts.get({ key: "new" }))?.body).toBe("saved before");
      expect((await window.client.records.list({ type: "lesson" })).total).toBe(1);
      // It closes on the full disk.
    }
    disk.free();
    await using window = await openWindow(profile);
    expect((await window.client.drafts.get({ key: "new" }))?.body).toBe("saved before");
    await opensAgain(profile);
  });
});

describe("a rebuild that finds no room", () => {
  test("says so, leaves the lists as they were, and goes through once there is room", async (context) => {
    using folder = temporaryFolder();
    using disk = smallDisk(path.join(folder.path, "disk"), 32);
    if (disk === undefined) return context.skip("only the superuser can make a small disk");
    const profile = await writtenProfile(disk.path);
    {
      await using writing = await openWindow(profile);
      const body = "Words that take room. ".repeat(2000);
      for (let page = 0; page < 40; page += 1) {
        const fields = { title: `Page ${String(page)}` };
        await writing.client.records.create({ type: "playbook", fields, body });
      }
    }
    // Closing gave the room of the write-ahead log back.
    await using window = await openWindow(profile);
    const { records, health, jobs } = window.client;
    const ended = async ({ job }: { readonly job: string }) => {
      const state = async () => (await jobs.get({ id: job })).state;
      await expect.poll(state, patience).not.toBe("running");
      return jobs.get({ id: job });
    };
    disk.fill();
    const failed = await ended(await health.rebuild({}));
    expect(failed).toMatchObject({ state: "failed" });
    expect(failed.failure).toMatch(/disk is full.*saved before is safe.*Free some space/u);
    expect((await records.list({ type: "playbook" })).total).toBe(40);
    disk.free();
    expect(await ended(await health.rebuild({}))).toMatchObject({ state: "done", failure: null });
    expect((await records.list({ type: "playbook" })).total).toBe(40);
  });
});

describe("while another program writes for long", () => {
  test("both open, read and close without waiting for it, and a command that writes takes its turn", async () => {
    using folder = temporaryFolder();
    const profile = await writtenProfile(folder.path);
    const other = new Sqlite(path.join(profile, "workspace.db"));
    try {
      other.exec("BEGIN IMMEDIATE");
      await using window = await openWindow(profile);
      expect(await window.client.workspace.state({})).toMatchObject({ state: "ready" });
      expect((await window.client.records.list({ type: "lesson" })).total).toBe(1);
      const { code, out } = await runCommand(profile, "list", "--type", "lesson", "--json");
      expect({ code, total: (JSON.parse(out) as { total: number }).total }).toEqual({
        code: 0,
        total: 1,
      });
      const writing = runCommand(profile, "new", "tool", "--title", "Later", "--json");
      await window.client.drafts.save({ key: "new", type: "lesson", fields: {}, body: "Mine" });
      other.exec("ROLLBACK");
      expect(await writing).toMatchObject({ code: 0 });
    } finally {
      other.close();
    }
    await opensAgain(profile);
  });
});

describe("lists that cannot be made anew", () => {
  test("say that the log is damaged and what to do, in the window and on the command line", async () => {
    using folder = temporaryFolder();
    const profile = await writtenProfile(folder.path);
    tamper(
      profile,
      "UPDATE change_log SET body = '{' WHERE position = (SELECT max(position) FROM change_log)",
    );
    tamper(profile, "UPDATE projection SET version = 0");
    await using window = await openWindow(profile);
    const failed = async () => {
      const [job] = await window.client.jobs.list({});
      return job?.state === "failed" ? job.failure : null;
    };
    await expect.poll(failed, patience).toMatch(/log of this workspace cannot be read.*backup/u);
    expect(await window.client.workspace.state({})).toMatchObject({ state: "rebuilding" });
    const { code, err } = await runCommand(profile, "list");
    expect(code).toBe(1);
    expect(err).toMatch(/cannot be read.*guildhall rebuild.*guildhall check/u);
  });
});
