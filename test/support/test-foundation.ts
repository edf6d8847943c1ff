/**
 * What every area of the engine stands on, without the areas: databases with a workspace in them,
 * keys, the log and jobs. For the tests of one area; `test-engine.ts` has the whole engine.
 */
import { copyFileSync } from "node:fs";
import path from "node:path";
import type { Databases } from "#engine/db/database.ts";
import { openDatabases } from "#engine/db/open-databases.ts";
import { nodeCryptography } from "#engine/identity/cryptography.ts";
import { createIdentity, type Identity } from "#engine/identity/identity.ts";
import { createJobRunner } from "#engine/jobs/create-job-runner.ts";
import type { JobRunner } from "#engine/jobs/job-runner.ts";
import type { ChangeLog } from "#engine/log/change-log.ts";
import { createChangeLog } from "#engine/log/create-change-log.ts";
import { insertWorkspace, readWorkspace } from "#engine/workspace/workspace-row.ts";
import { newRecordId, type RecordId, recordIdSchema } from "#shared/domain/ids.ts";
import { temporaryFolder } from "./temporary-folder.ts";
import { type TestClock, testClock } from "./test-clock.ts";
import { type TestLogger, testLogger } from "./test-logger.ts";

export type TestFoundation = AsyncDisposable & {
  readonly profile: string;
  readonly databases: Databases;
  readonly identity: Identity;
  readonly log: ChangeLog;
  readonly jobs: JobRunner;
  readonly clock: TestClock;
  readonly logger: TestLogger;
  /** Every event that was emitted, oldest first. */
  readonly events: readonly { readonly name: string; readonly payload: unknown }[];
  readonly emit: (name: string, payload: unknown) => void;
  /** The author of what is appended. It has no record unless the test writes one. */
  readonly person: RecordId;
};

type Options = {
  /** Begins with a copy of this profile as it is now: the keys and the workspace, but no marks. */
  readonly copyOf?: Pick<TestFoundation, "profile" | "databases">;
};

/** `await using foundation = await createTestFoundation()`: a profile of its own for each seed. */
export async function createTestFoundation(
  seed = 1,
  { copyOf }: Options = {},
): Promise<TestFoundation> {
  const folder = temporaryFolder();
  if (copyOf !== undefined) copyProfile(copyOf, folder.path);
  const clock = testClock(seed);
  const logger = testLogger();
  const events: { name: string; payload: unknown }[] = [];
  const emit = (name: string, payload: unknown) => void events.push({ name, payload });
  const databases = openDatabases(folder.path);
  const identity = await createIdentity({
    profile: folder.path,
    cryptography: nodeCryptography,
    keyStore: null,
    randomBytes: clock.randomBytes,
    logger,
  });
  const person = await startedBy({ databases, identity, clock });
  const jobs = createJobRunner({ clock, logger, emit });
  return {
    profile: folder.path,
    databases,
    identity,
    log: createChangeLog({ clock, cryptography: nodeCryptography, identity }),
    jobs,
    clock,
    logger,
    events,
    emit,
    person,
    [Symbol.asyncDispose]: async () => {
      await jobs.close();
      databases.close();
      folder[Symbol.dispose]();
    },
  };
}

async function startedBy({
  databases,
  identity,
  clock,
}: Pick<TestFoundation, "databases" | "identity" | "clock">): Promise<RecordId> {
  const copied = readWorkspace(databases.read);
  if (copied !== undefined) return recordIdSchema.parse(copied.person_id);
  const device = await identity.create();
  const person = newRecordId(clock);
  const row = {
    id: newRecordId(clock),
    name: "Test",
    sample: 0,
    device: device.id,
    incarnation: 0,
    person_id: person,
    department_id: newRecordId(clock),
  };
  await databases.queue.run((db) => insertWorkspace(db, row, device));
  return person;
}

function copyProfile(
  { profile, databases }: Pick<TestFoundation, "profile" | "databases">,
  to: string,
) {
  databases.read.prepare("VACUUM INTO ?").run(path.join(to, "workspace.db"));
  const keys = "device-keys.json";
  copyFileSync(path.join(profile, keys), path.join(to, keys));
}
