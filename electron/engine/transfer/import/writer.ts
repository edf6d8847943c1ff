/** Writes what the import plans, several records at a time, and counts each file when it is safe. */
import type { RecordId } from "#shared/domain/ids.ts";
import { ExpectedFailure } from "#shared/rpc/wire.ts";
import { asExpectedFailure } from "../../db/storage-failure.ts";
import type { RecordEdit, RecordStore } from "../../records/record-store.ts";
import type { Refused } from "../source/source.ts";
import type { ReportBuilder } from "./import-report.ts";

/** One file's edits, and how to count it once they are written. */
export type Batchable = {
  readonly path: string;
  readonly edits: readonly RecordEdit[];
  readonly done: () => void;
};

export type Writer = {
  readonly add: (item: Batchable) => Promise<void>;
  readonly flush: () => Promise<void>;
  /** Says that the disk takes no more; the import then refuses every later file for that reason. */
  readonly stop: (error: unknown) => boolean;
  readonly stopped: () => Omit<Refused, "path"> | null;
  readonly hasWritten: () => boolean;
  /** How many records were made or changed. */
  readonly records: () => number;
};

type Dependencies = {
  readonly store: Pick<RecordStore, "write">;
  readonly action: RecordId;
  readonly report: ReportBuilder;
  readonly dryRun: boolean;
};

/** A transaction this long costs little more than a short one, and still leaves room for typing. */
const mostMilliseconds = 60;
const mostEdits = 200;
/** Each transaction waits for the disk once: fewer records than this would mostly wait. */
const fewestEdits = 30;
const mostCharacters = 400_000;

export function createWriter(deps: Dependencies): Writer {
  const { store, action, report } = deps;
  let waiting: Batchable[] = [];
  let edits = 0;
  let characters = 0;
  let size = fewestEdits;
  let records = 0;
  let written = false;
  let ended: Omit<Refused, "path"> | null = null;

  function stop(error: unknown): boolean {
    const reason = diskReason(error);
    if (reason === null) return false;
    ended = { outcome: "failed", reason };
    return true;
  }

  async function write(items: readonly Batchable[]): Promise<void> {
    const all = items.flatMap((item) => item.edits);
    if (!deps.dryRun && all.length > 0) {
      const results = await store.write(all, { action });
      if (results.some((result) => result.changed)) written = true;
    }
    records += all.length;
    for (const item of items) item.done();
  }

  async function writeOne(item: Batchable): Promise<void> {
    try {
      if (ended === null) return await write([item]);
    } catch (error) {
      if (!stop(error)) {
        if (!(error instanceof ExpectedFailure)) throw error;
        report.refuse({ outcome: "failed", path: item.path, reason: error.message });
        return;
      }
    }
    if (ended !== null) report.refuse({ ...ended, path: item.path });
  }

  async function flush(): Promise<void> {
    const items = waiting;
    waiting = [];
    edits = 0;
    characters = 0;
    const started = performance.now();
    try {
      if (ended === null) {
        await write(items);
        const took = performance.now() - started;
        size = Math.max(
          fewestEdits,
          Math.min(mostEdits, Math.round(size * (took > mostMilliseconds ? 0.7 : 1.3))),
        );
        return;
      }
    } catch (error) {
      if (!stop(error) && !(error instanceof ExpectedFailure)) throw error;
    }
    // One file spoils the lot: the others are written by themselves.
    for (const item of items) await writeOne(item);
  }

  return {
    add: async (item) => {
      waiting.push(item);
      edits += item.edits.length;
      for (const edit of item.edits) characters += edit.body?.length ?? 0;
      if (edits >= size || characters >= mostCharacters) await flush();
    },
    flush,
    stop,
    stopped: () => ended,
    hasWritten: () => written,
    records: () => records,
  };
}

/** The sentence for a disk that is full or refuses to be written to; null for any other error. */
function diskReason(error: unknown): string | null {
  const failure = asExpectedFailure(error);
  if (
    failure instanceof ExpectedFailure &&
    ["disk_full", "read_only", "disk_error"].includes(failure.code)
  ) {
    return `${failure.message} What was imported before stays, and one undo takes it back.`;
  }
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (!["ENOSPC", "EDQUOT", "EROFS"].includes(code)) return null;
  return "The disk is full, so the import stopped here. What was imported before stays, and one undo takes it back. Free some space and import again: only the rest will be read in.";
}
