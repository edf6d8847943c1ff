/** The record store over the log and its projections; see record-store.ts for what it promises. */
import type { GuildhallEmit } from "#shared/contract/index.ts";
import type { Change } from "#shared/domain/change.ts";
import { type IdSource, newRecordId, type RecordId } from "#shared/domain/ids.ts";
import { recordTypeOf } from "#shared/domain/record-types.ts";
import { ExpectedFailure } from "#shared/rpc/wire.ts";
import type { Databases, Readable, Writable } from "../db/database.ts";
import { statement } from "../db/statement.ts";
import type { ChangeDraft, ChangeLog } from "../log/change-log.ts";
import type { Projections } from "../projections/projections.ts";
import type { Permit } from "../sync/people/permit.ts";
import { append } from "./append-changes.ts";
import { announce, type Touched, touchedBy } from "./announce-records.ts";
import { batchesOf } from "./batches-of.ts";
import { readState } from "./create-record-fold.ts";
import { editDraft } from "./edit-draft.ts";
import { planRestore } from "./plan-restore.ts";
import { newIdOn } from "./record-ids.ts";
import { planSettle } from "./plan-settle.ts";
import { planUndo } from "./plan-undo.ts";
import { planTrash } from "./plan-writes.ts";
import { noteUndo } from "./undone-actions.ts";
import type { RecordEdit, RecordStore, Settlement, Written } from "./record-store.ts";
import { createRecordTexts } from "./record-texts.ts";
import { stateAt, viewRecord } from "./record-view.ts";
import { standingChanges } from "./standing-changes.ts";
import { writeSome } from "./write-some.ts";

export type StoreDependencies = {
  readonly databases: Pick<Databases, "read" | "local" | "queue">;
  readonly log: ChangeLog;
  readonly projections: Pick<Projections, "apply" | "fold" | "relieve" | "finish">;
  readonly clock: IdSource;
  readonly emit: GuildhallEmit;
  /** Says what may be written in a shared workspace; without it everything may. */
  readonly permit?: Permit;
};

type Draft = ChangeDraft;

const writerOf = statement<[], { readonly device: string }>("SELECT device FROM workspace");

/** Builds the store. */
export function createRecordStore(deps: StoreDependencies): RecordStore {
  const { databases, log, clock } = deps;
  const newId = () => newIdOn(writerOf(databases.read).get()?.device, clock);
  const mayOf = deps.permit?.mayOf;

  const store: RecordStore = {
    newId,
    write: async (edits, options) => {
      // A single change is an action by itself: the log then spares the id.
      const action = options?.action ?? (edits.length === 1 ? undefined : newId());
      const written = await databases.queue.run((db) => {
        const writing = writeAll(deps, db, { edits, action });
        let step = writing.next();
        while (step.done !== true) step = writing.next();
        for (const _ of deps.projections.finish(db));
        return step.value;
      });
      announce(deps, written.drafts);
      return written.results;
    },
    writeSome: (groups, action) => writeGroups(deps, groups, action),
    remove: async (ids, action = newId()) => {
      const at = new Date(clock.now()).toISOString();
      return inBatches(deps, new Set(ids), (db, id) => trashDraft(db, { id, at, action }));
    },
    putBack: async (ids, action = newId()) =>
      inBatches(deps, new Set(ids), (db, id) => trashDraft(db, { id, at: null, action })),
    undo: async (action) => undo(deps, action),
    restore: async (id, revision, action = newId()) => {
      const drafts = await databases.queue.run((db) => {
        const draft = restoreDraft(deps, db, { id, revision, action });
        return commit(deps, db, draft === undefined ? [] : [draft]);
      });
      announce(deps, drafts);
      return drafts.length > 0;
    },
    settle: async (settlement, action = newId()) => {
      const drafts = await databases.queue.run((db) => {
        const draft = settleDraft(deps, db, { settlement, action });
        return commit(deps, db, draft === undefined ? [] : [draft]);
      });
      announce(deps, drafts);
      return drafts.length > 0;
    },
    get: (id, at) => viewRecord({ db: databases.read, log, mayOf }, id, at),
  };
  return store;
}

type WriteCall = {
  readonly edits: readonly RecordEdit[];
  readonly action: RecordId | undefined;
};

type AllWritten = { readonly results: readonly Written[]; readonly drafts: readonly Draft[] };

/**
 * Plans and folds, and leaves what is cheaper in bulk; yields between records. An edit of a record that
 * this call has already written sees that write.
 */
function* writeAll(
  deps: StoreDependencies,
  db: Writable,
  { edits, action }: WriteCall,
): Generator<unknown, AllWritten> {
  const results: Omit<Written, "action">[] = [];
  const drafts: Draft[] = [];
  let waiting: Draft[] = [];
  let own: RecordId | undefined;
  const flush = function* () {
    const changes = append(deps, db, waiting);
    own = changes[0]?.action ?? own;
    drafts.push(...waiting);
    waiting = [];
    yield* foldEach(deps, db, changes);
  };
  for (const edit of edits) {
    if (waiting.some((draft) => draft.record === edit.id)) yield* flush();
    const now = readState(db, edit.id);
    const draft = editDraft(deps, db, { edit, now, action });
    if (draft !== undefined) waiting.push(draft);
    const changed = draft !== undefined;
    results.push({ id: edit.id, revision: (now?.revision ?? 0) + (changed ? 1 : 0), changed });
    yield;
  }
  yield* flush();
  const by = (result: Omit<Written, "action">): Written => {
    return { ...result, action: result.changed ? (action ?? own ?? null) : null };
  };
  return { results: results.map(by), drafts };
}

/** Record by record: each may be a long text. */
function* foldEach(
  { projections }: StoreDependencies,
  db: Writable,
  changes: readonly Change[],
): Iterable<unknown> {
  for (const change of changes) yield projections.fold(db, [change]);
}

function commit(deps: StoreDependencies, db: Writable, drafts: readonly Draft[]) {
  if (drafts.length > 0) deps.projections.apply(db, append(deps, db, drafts));
  return drafts;
}

/** As many groups as there is time for, each of them whole. */
async function writeGroups(
  deps: StoreDependencies,
  groups: readonly (readonly RecordEdit[])[],
  action: RecordId,
) {
  const touched: Touched[] = [];
  const results: Written[] = [];
  let edits = 0;
  const ends = new Map(groups.map((group, index) => [(edits += group.length), index + 1]));
  const count = await writeSome(deps, {
    items: groups.flat(),
    mayEnd: (written) => ends.has(written),
    write: function* (db, some) {
      const written = yield* writeAll(deps, db, { edits: some, action });
      touched.push(...written.drafts.map(touchedBy));
      results.push(...written.results);
    },
  });
  announce(deps, touched);
  return { groups: ends.get(count) ?? groups.length, results };
}

type TrashCall = { readonly id: RecordId; readonly at: string | null; readonly action: RecordId };

function trashDraft(db: Readable, { id, at, action }: TrashCall): Draft | undefined {
  const now = readState(db, id);
  if (now === undefined) return undefined;
  const writes = planTrash(now, at);
  return writes.length === 0
    ? undefined
    : { record: id, type: now.type, action, writes: [...writes] };
}

type RestoreCall = {
  readonly id: RecordId;
  readonly revision: number;
  readonly action: RecordId;
};

function restoreDraft(
  { log }: StoreDependencies,
  db: Readable,
  { id, revision, action }: RestoreCall,
): Draft | undefined {
  const now = readState(db, id);
  const target = now && stateAt({ db, log }, now, revision);
  if (now === undefined || target === undefined) {
    throw new ExpectedFailure(
      "not_found",
      `There is no revision ${revision} of this record, so nothing was restored.`,
    );
  }
  const texts = createRecordTexts({ db, log, record: id, now });
  const writes = planRestore({ now, target, texts, type: recordTypeOf(now.type) });
  if (writes.length === 0) return undefined;
  const note = `Restored revision ${revision}`;
  return { record: id, type: now.type, action, note, writes: [...writes] };
}

type SettleCall = { readonly settlement: Settlement; readonly action: RecordId };

function settleDraft(
  { log }: StoreDependencies,
  db: Readable,
  { settlement, action }: SettleCall,
): Draft | undefined {
  const { id, path, change } = settlement;
  const now = readState(db, id);
  const base = now && stateAt({ db, log }, now, settlement.base);
  const texts = createRecordTexts({ db, log, record: id, now });
  const writes = now && base && planSettle({ now, base, path, change, texts });
  if (now === undefined || writes === undefined) {
    throw new ExpectedFailure(
      "not_found",
      "There is nothing left to choose here: somebody settled it meanwhile. The record shows what they kept.",
    );
  }
  if (writes.length === 0) return undefined;
  const note = "Settled a conflict";
  return { record: id, type: now.type, action, note, writes: [...writes] };
}

async function undo(deps: StoreDependencies, action: RecordId) {
  const { databases, log, clock } = deps;
  const undoing = newRecordId(clock);
  const at = new Date(clock.now()).toISOString();
  let kept = 0;
  const records = log.recordsOfAction(databases.read, action);
  const undone = await inBatches(deps, records, (db, id) => {
    const now = readState(db, id);
    if (now === undefined) return undefined;
    const texts = createRecordTexts({ db, log, record: id, now });
    const changes = standingChanges({ db, log }, id);
    const own = new Set(
      changes.filter((change) => change.action === action).map((change) => change.id),
    );
    const plan = planUndo({ now, changes, action: own, texts, at });
    if (plan.kept) kept += 1;
    if (plan.writes.length === 0) return undefined;
    return { record: id, type: now.type, action: undoing, writes: [...plan.writes] };
  });
  // Where somebody edited everything since, nothing was taken back.
  if (undone > 0) noteUndo(databases.local, { action, undoing, kept });
  return { undone, kept, action: undone > 0 ? undoing : null };
}

/** Writes to many records in transactions of a bearable length; answers how many were written. */
async function inBatches(
  deps: StoreDependencies,
  ids: Iterable<RecordId>,
  plan: (db: Readable, id: RecordId) => Draft | undefined,
): Promise<number> {
  const touched: Touched[] = [];
  const write = function* (db: Writable, some: readonly RecordId[]) {
    const drafts: Draft[] = [];
    for (const id of some) {
      drafts.push(...[plan(db, id) ?? []].flat());
      yield;
    }
    yield* foldEach(deps, db, append(deps, db, drafts));
    touched.push(...drafts.map(touchedBy));
  };
  for (const some of batchesOf(ids)) {
    let done = 0;
    while (done < some.length) done += await writeSome(deps, { items: some.slice(done), write });
  }
  announce(deps, touched);
  return touched.length;
}
