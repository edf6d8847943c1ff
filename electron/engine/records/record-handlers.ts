/** Answers the contract's `records` group. */
import type { records as contract } from "#shared/contract/records.ts";
import type { RecordView } from "#shared/contract/record-shapes.ts";
import { checkFields, typeProblem } from "#shared/domain/check-fields.ts";
import type { RecordId } from "#shared/domain/ids.ts";
import { canonicalJson, type Json, sameJson } from "#shared/domain/json.ts";
import type { Fields } from "#shared/domain/record-fields.ts";
import { recordTypeOf } from "#shared/domain/record-types.ts";
import type { GroupHandlers } from "#shared/rpc/define.ts";
import { ExpectedFailure } from "#shared/rpc/wire.ts";
import type { Databases } from "../db/database.ts";
import type { ChangeLog } from "../log/change-log.ts";
import { checkReferences } from "./check-references.ts";
import { createRecordLists } from "./list-records.ts";
import { compareRevisions, readHistory, withNewestRevision } from "./record-history.ts";
import { readReferences } from "./read-references.ts";
import type { RecordEdit, RecordStore } from "./record-store.ts";

type Handlers = GroupHandlers<typeof contract>;

type Dependencies = {
  readonly databases: Pick<Databases, "read" | "version">;
  readonly log: ChangeLog;
  readonly store: RecordStore;
  /** Milliseconds since 1970, UTC. */
  readonly now: () => number;
  /** What links here and what this record links to; the area of links answers it. */
  readonly links: Handlers["links"];
  /** Records that a text being written may repeat; the area of search answers it. */
  readonly similar: Handlers["similar"];
  /** Records whose verification runs out; the area of trust answers it. */
  readonly due: Handlers["due"];
};

/** Builds the handlers. */
export function createRecordHandlers(deps: Dependencies): Handlers {
  const { databases, log, store } = deps;
  const source = { db: databases.read, log };
  const lists = createRecordLists(databases, deps.now);

  /** The record as it is; fails with `not_found`. */
  function existing(id: RecordId): RecordView {
    return store.get(id) ?? notFound();
  }

  /** What a write answers: the record's newest revision, and the action where it wrote anything. */
  const nowOf = (id: RecordId, action: RecordId | null) => ({
    id,
    revision: existing(id).revision,
    action,
  });

  function requireAll(ids: readonly RecordId[]): void {
    if (readReferences(databases.read, ids).length < new Set(ids).size) notFound();
  }

  return {
    list: (input) => lists.list(input),
    latest: ({ types, limit }) => withNewestRevision(source, lists.newest(types, limit)),
    counts: () => lists.counts(),
    lookup: (input) => lists.lookup(input),
    links: (input) => {
      requireAll([input.id]);
      return deps.links(input);
    },
    similar: (input) => deps.similar(input),
    due: (input) => deps.due(input),
    get: ({ id, revision, version }) =>
      store.get(id, revision ?? version) ?? noRevision(store, id, revision),
    create: async ({ type, fields, body, note }) => {
      requireType(type);
      check({ type, fields, current: null });
      checkReferences(databases.read, { type, fields });
      return writeOne(store, { id: store.newId(), type, fields, body, note });
    },
    edit: async ({ id, base, fields, body, note }) => {
      const record = existing(id);
      if (record.removedAt !== null && base === undefined) inTrash(record);
      check({ type: record.type, fields, current: record.fields });
      const news = newValues(fields, record.fields);
      checkReferences(databases.read, { id, type: record.type, fields: news });
      return writeOne(store, { id, type: record.type, fields, base, body, note });
    },
    remove: async ({ ids }) => {
      requireAll(ids);
      const action = store.newId();
      const removed = await store.remove(ids, action);
      return { removed, action: removed > 0 ? action : null };
    },
    putBack: async ({ ids }) => {
      requireAll(ids);
      const action = store.newId();
      const restored = await store.putBack(ids, action);
      return { restored, action: restored > 0 ? action : null };
    },
    history: ({ id }) => readHistory(source, id) ?? notFound(),
    diff: ({ id, from, to }) =>
      compareRevisions(source, id, { from, to }) ?? noMoment(store, id, [from, to]),
    restoreRevision: async ({ id, revision }) => {
      if (revision > existing(id).revision) noRevision(store, id, revision);
      const action = store.newId();
      return nowOf(id, (await store.restore(id, revision, action)) ? action : null);
    },
    settle: async (settlement) => {
      const action = store.newId();
      return nowOf(settlement.id, (await store.settle(settlement, action)) ? action : null);
    },
    undo: async ({ action }) => {
      if (log.recordsOfAction(databases.read, action)[Symbol.iterator]().next().done === true) {
        throw new ExpectedFailure(
          "not_found",
          "There is nothing to undo: no change in this workspace belongs to that action.",
        );
      }
      return store.undo(action);
    },
  };
}

async function writeOne(store: RecordStore, edit: RecordEdit) {
  const [written] = await store.write([edit]);
  if (written === undefined) throw new Error("The store wrote nothing and said nothing.");
  return { id: edit.id, revision: written.revision, action: written.action };
}

function requireType(type: string): void {
  const problem = typeProblem(type);
  if (problem !== undefined) throw new ExpectedFailure("unknown_type", problem);
}

/** Refuses a value that the declaration of its field does not allow. */
function check(asked: Parameters<typeof checkFields>[0]): void {
  const problem = checkFields(asked);
  if (problem === undefined) return;
  throw new ExpectedFailure("invalid_field", problem.sentence, { field: problem.field });
}

/** What the record does not say yet; of lists only the members it does not have. */
function newValues(fields: Fields, current: Fields): Fields {
  const entries = Object.entries(fields).map(([name, value]): [string, Json] => {
    const now = Object.hasOwn(current, name) ? current[name] : undefined;
    if (!Array.isArray(value) || !Array.isArray(now))
      return [name, sameJson(value, now) ? null : value];
    const standing = new Set(now.map((member: Json) => canonicalJson(member)));
    return [name, value.filter((member: Json) => !standing.has(canonicalJson(member)))];
  });
  return Object.fromEntries(entries);
}

function notFound(): never {
  throw new ExpectedFailure(
    "not_found",
    "There is no such record in this workspace. It may not have arrived here yet; search for its title instead.",
  );
}

function inTrash(record: RecordView): never {
  const type = recordTypeOf(record.type)?.label.toLowerCase() ?? "record";
  throw new ExpectedFailure(
    "in_trash",
    `The ${type} “${record.title}” is in the trash. Take it back first, then edit it.`,
  );
}

/** Fails with `not_found`, naming what is missing: the record or its revision. */
function noMoment(store: RecordStore, id: RecordId, asked: readonly (number | string)[]): never {
  const numbers = asked.filter((moment) => typeof moment === "number");
  if (numbers.length === asked.length) return noRevision(store, id, Math.max(...numbers));
  throw new ExpectedFailure(
    "not_found",
    "This record was never like that in this workspace, so there is nothing to compare with.",
  );
}

function noRevision(store: RecordStore, id: RecordId, revision: number | undefined): never {
  const newest = store.get(id)?.revision;
  if (newest === undefined || revision === undefined) return notFound();
  throw new ExpectedFailure(
    "not_found",
    `There is no revision ${revision} of this record; its revisions go from 1 to ${newest}.`,
  );
}
