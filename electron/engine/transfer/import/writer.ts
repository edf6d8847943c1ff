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
  /** Something that comes along with other files: it is not counted, neither when it fails. */
  readonly aside?: true;
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
  readonly store: Pick<RecordStore, "writeSome">;
  readonly action: RecordId;
  readonly report: ReportBuilder;
  readonly dryRun: boolean;
};

/**
 * What one transaction writes unless somebody else wants to write: the larger, the fewer times the
 * index's pages are written again; but so much is lost when the power fails.
 */
const mostEdits = 1000;
const mostCharacters = 3_000_000;

/** Builds the writer of one import. */
export function createWriter(deps: Dependencies): Writer {
  const { store, action, report } = deps;
  let waiting: Batchable[] = [];
  let edits = 0;
  let characters = 0;
  let records = 0;
  let written = false;
  let ended: Omit<Refused, "path"> | null = null;

  function stop(error: unknown): boolean {
    const reason = diskReason(error);
    if (reason === null) return false;
    ended = { outcome: "failed", reason };
    return true;
  }

  function count(items: readonly Batchable[]): void {
    for (const item of items) {
      if (item.aside !== true) records += item.edits.length;
      item.done();
    }
  }

  /** Each item is counted once it is safe, whatever happens to the ones after it. */
  async function write(items: Batchable[]): Promise<void> {
    while (items.length > 0) {
      const groups = items.map((item) => item.edits);
      const some = await store.writeSome(groups, action);
      if (some.results.some((result) => result.changed)) written = true;
      count(items.splice(0, some.groups));
    }
  }

  async function writeOne(item: Batchable): Promise<void> {
    try {
      if (ended === null) return await write([item]);
    } catch (error) {
      if (!stop(error)) {
        if (!(error instanceof ExpectedFailure)) throw error;
        refuse(item, { outcome: "failed", reason: error.message });
        return;
      }
    }
    if (ended !== null) refuse(item, ended);
  }

  function refuse({ path, aside }: Batchable, refused: Omit<Refused, "path">): void {
    if (aside === true) report.note(path, refused.reason);
    else report.refuse({ ...refused, path });
  }

  async function flush(): Promise<void> {
    const items = waiting;
    waiting = [];
    edits = 0;
    characters = 0;
    try {
      if (ended === null) return await write(items);
    } catch (error) {
      if (!stop(error) && !(error instanceof ExpectedFailure)) throw error;
    }
    // One file spoils the lot: those that are left are written by themselves.
    for (const item of items) await writeOne(item);
  }

  return {
    add: async (item) => {
      if (deps.dryRun) {
        count([item]);
        return;
      }
      waiting.push(item);
      edits += item.edits.length;
      for (const edit of item.edits) characters += edit.body?.length ?? 0;
      if (edits >= mostEdits || characters >= mostCharacters) await flush();
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
  if (!(failure instanceof ExpectedFailure && stopping.has(failure.code))) return null;
  return `${failure.message} What was imported before stays, and one undo takes it back.`;
}

const stopping: ReadonlySet<string> = new Set(["disk_full", "read_only", "disk_error"]);
