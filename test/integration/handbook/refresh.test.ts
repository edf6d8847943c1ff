/** The handbook that keeps itself up to date: when it looks, whose turn it is, what it says of failures. */
import { existsSync, mkdirSync, renameSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createAttachmentFiles } from "#engine/attachments/attachment-files.ts";
import { openDatabases } from "#engine/db/open-databases.ts";
import { createHandbook, type Handbook } from "#engine/handbook/create-handbook.ts";
import { turnsOf } from "#engine/handbook/election.ts";
import { nodeCryptography } from "#engine/identity/cryptography.ts";
import { createIdentity } from "#engine/identity/identity.ts";
import { createJobRunner } from "#engine/jobs/create-job-runner.ts";
import { createChangeLog } from "#engine/log/create-change-log.ts";
import { type DeviceId, deviceIdSchema } from "#shared/domain/ids.ts";
import { exportHandbook, filesBelow } from "#test/support/handbook-export.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { createTestEngine, type TestEngine } from "#test/support/test-engine.ts";

const look = 10 * 60_000;
const handbookFolder = fileURLToPath(new URL("../../../resources/handbook", import.meta.url));

beforeEach(() => void vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] }));
afterEach(() => void vi.useRealTimers());

/** Another process on the engine's profile that keeps the handbook, as a window left open does. */
async function keeper(
  app: TestEngine,
  others: readonly DeviceId[],
): Promise<
  Handbook & AsyncDisposable & { readonly device: DeviceId; readonly looks: () => Promise<void> }
> {
  const databases = openDatabases(app.profile);
  const { clock, logger, profile } = app;
  const identity = await createIdentity({
    profile,
    keyStore: null,
    logger,
    cryptography: nodeCryptography,
    randomBytes: clock.randomBytes,
  });
  const device = identity.device()?.id ?? deviceIdSchema.parse("0".repeat(20));
  const handbook = createHandbook({
    databases,
    profile,
    logger,
    handbookFolder,
    version: "1",
    now: clock.now,
    log: createChangeLog({ clock, cryptography: nodeCryptography, identity }),
    files: createAttachmentFiles(path.join(profile, "attachments")),
    jobs: createJobRunner({ clock, logger, emit: () => undefined }),
    folderOf: () => "",
    activeDevices: () => others,
    ownDevice: () => device,
  });
  handbook.start();
  return {
    ...handbook,
    device,
    looks: async () => {
      clock.advance(look);
      vi.advanceTimersByTime(look);
      await handbook.idle();
    },
    [Symbol.asyncDispose]: async () => {
      await handbook.stop();
      databases.close();
    },
  };
}

const publish = (app: TestEngine, title: string) =>
  app.client.records.create({ type: "playbook", fields: { title, status: "published" } });

const hasPage = (folder: string, start: string) =>
  [...filesBelow(folder).keys()].some((file) => file.startsWith(`playbooks/${start}`));

test("what is published later gets in by itself, and nothing is written while nothing changes", async () => {
  await using app = await createTestEngine();
  using folder = temporaryFolder();
  await exportHandbook(app, folder.path);
  await using kept = await keeper(app, []);
  await publish(app, "Second page");
  await kept.looks();
  expect(hasPage(folder.path, "second-page-")).toBe(false);
  await app.client.handbook.keepUpToDate({ automatic: true });
  await kept.looks();
  expect(hasPage(folder.path, "second-page-")).toBe(true);
  const list = path.join(folder.path, "handbook-files.json");
  const before = statSync(list).mtimeMs;
  // A draft changes nothing of it.
  await app.client.records.create({
    type: "playbook",
    fields: { title: "Draft", status: "draft" },
  });
  await kept.looks();
  expect(statSync(list).mtimeMs).toBe(before);
  expect(await app.client.handbook.overview({})).toMatchObject({ automatic: true, problem: null });
});

test("where somebody else is elected this device waits for its turn, and does it then", async () => {
  await using app = await createTestEngine();
  using folder = temporaryFolder();
  await exportHandbook(app, folder.path);
  await app.client.handbook.keepUpToDate({ automatic: true });
  const others: DeviceId[] = [];
  await using kept = await keeper(app, others);
  const day = new Date(app.clock.now()).toISOString().slice(0, 10);
  // One device more, and one that goes first today.
  const first = Array.from({ length: 200 }, (_, index) =>
    deviceIdSchema.parse(index.toString().padStart(20, "0")),
  ).find((one) => turnsOf(day, [one, kept.device])[0] === one);
  if (first === undefined) throw new Error("None of two hundred devices goes first.");
  others.push(first);
  await publish(app, "Second page");
  for (let turn = 0; turn < 12; turn += 1) {
    await kept.looks();
    expect(hasPage(folder.path, "second-page-"), turn.toString()).toBe(false);
  }
  await kept.looks();
  expect(hasPage(folder.path, "second-page-")).toBe(true);
});

test("what keeps it from being written is told, and tried again", async () => {
  await using app = await createTestEngine();
  using folder = temporaryFolder();
  const book = path.join(folder.path, "book");
  await exportHandbook(app, book);
  await app.client.handbook.keepUpToDate({ automatic: true });
  await using kept = await keeper(app, []);
  await publish(app, "Second page");
  const away = path.join(folder.path, "away");
  renameSync(book, away);
  await kept.looks();
  const problem = async () => (await app.client.handbook.overview({})).problem;
  expect(await problem()).toMatch(/drive is not connected/u);
  // As when a drive is not mounted: nothing is made in its place.
  expect(existsSync(book)).toBe(false);
  renameSync(away, book);
  const place = [...filesBelow(book).keys()].find((file) => file === "index.html") ?? "";
  rmSync(path.join(book, place));
  mkdirSync(path.join(book, place));
  await kept.looks();
  expect(await problem()).toMatch(/index\.html/u);
  rmSync(path.join(book, place), { recursive: true });
  await kept.looks();
  expect(hasPage(book, "second-page-")).toBe(true);
  expect(await problem()).toBeNull();
});

test("nothing can be kept up to date that was never exported", async () => {
  await using app = await createTestEngine();
  await expect(app.client.handbook.keepUpToDate({ automatic: true })).rejects.toThrow(
    /Export it once/u,
  );
  await expect(app.client.handbook.exportHandbook({ selection: null })).rejects.toThrow(
    /Export it once/u,
  );
});
