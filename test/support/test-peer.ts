/** A device of a library with what it sends and takes, for tests of what goes over a shared folder. */
import { nodeCryptography } from "#engine/identity/cryptography.ts";
import { createIntake } from "#engine/sync/create-intake.ts";
import { createOutbox } from "#engine/sync/create-outbox.ts";
import type { Intake, Received, SharedFile } from "#engine/sync/intake.ts";
import type { Outbox, SegmentFile } from "#engine/sync/outbox.ts";
import type { ReadRoster } from "#engine/sync/roster-source.ts";
import { beginIncarnation } from "#engine/workspace/resume-workspace.ts";
import { sampleRecord } from "./format-samples.ts";
import { createTestRecords, type TestRecords } from "./test-records.ts";

export type TestPeer = TestRecords & {
  readonly outbox: Outbox;
  readonly intake: Intake;
  /** Everything that was written and not yet sent, as segments. */
  readonly send: () => Promise<readonly SegmentFile[]>;
  readonly take: (...files: readonly Uint8Array[]) => Promise<Received>;
};

type Options = {
  readonly roster?: ReadRoster;
  /** Begins as a copy of this one, keys and all. */
  readonly copyOf?: TestPeer;
};

/** The library that test peers share. */
export const testLibrary = sampleRecord(77);

/** A peer with keys and a workspace of its own for each seed. */
export async function createTestPeer(seed = 1, options: Options = {}): Promise<TestPeer> {
  const { roster, copyOf } = options;
  const records = await createTestRecords(seed, {
    ...(roster && { judge: (db) => roster(db)?.judge }),
    ...(copyOf && { copyOf: copyOf.foundation }),
  });
  const { databases, identity, clock } = records.foundation;
  await databases.queue.run((db) => {
    db.prepare(
      "INSERT OR IGNORE INTO library (one, id, name, root_key, fingerprint, joined) VALUES (1, ?, 'Test', x'00', '', 0)",
    ).run(testLibrary);
  });
  const { randomBytes } = clock;
  const outbox = createOutbox({ identity, cryptography: nodeCryptography, clock });
  const intake = createIntake({
    databases,
    identity,
    cryptography: nodeCryptography,
    projections: records.projections,
    clock,
    ...(roster && { roster }),
    beginIncarnation: (db, device) => beginIncarnation(db, { databases, randomBytes }, device),
  });
  return {
    ...records,
    outbox,
    intake,
    send: () => databases.queue.run((db) => outbox.build(db)),
    take: (...files) => intake.accept(files.map(asFile)),
    [Symbol.asyncDispose]: () => records[Symbol.asyncDispose](),
  };
}

function asFile(bytes: Uint8Array, index: number): SharedFile {
  return { path: `file-${index}`, bytes };
}

/** Every line of every projection, for comparing two devices. */
export function dumpOf({ foundation }: TestRecords): readonly string[] {
  const { read } = foundation.databases;
  const tables = ["record", "record_text", "text_version", "tag", "reference", "refusal"];
  return tables.flatMap((table) =>
    read
      .prepare(`SELECT * FROM ${table}`)
      .all()
      .map((row) => `${table} ${JSON.stringify(row)}`)
      .toSorted(),
  );
}

/** What the log's own check has to say. */
export function problemsOf({ foundation }: TestRecords): readonly string[] {
  const { log, databases } = foundation;
  return [...log.verify(databases.read)].flatMap((step) => step.problem ?? []);
}
