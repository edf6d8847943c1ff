/** A whole record as the contract shows it, as it is or as it was at a revision. */
import type { RecordView, Reference } from "#shared/contract/record-shapes.ts";
import { removedPath } from "#shared/domain/change.ts";
import { timestampToIso } from "#shared/domain/clock.ts";
import type { ChangeId, RecordId } from "#shared/domain/ids.ts";
import { isObject, type Json } from "#shared/domain/json.ts";
import { readPath } from "#shared/domain/path.ts";
import { conflictsOf } from "#shared/domain/record-fields.ts";
import { byWinner, type Head, type RecordState } from "#shared/domain/record-state.ts";
import { type RecordVersion, recordVersionSchema } from "#shared/domain/record-version.ts";
import { referencesIn } from "#shared/domain/references.ts";
import type { Readable } from "../db/database.ts";
import type { ChangeLog } from "../log/change-log.ts";
import type { Permit } from "../sync/people/permit.ts";
import { readState } from "./create-record-fold.ts";
import { summaryOf } from "./opening.ts";
import { projectRecord } from "./project-record.ts";
import { readReferences, referenceLookup } from "./read-references.ts";
import { createRecordTexts, type RecordTexts } from "./record-texts.ts";
import { standingChanges, stateOf } from "./standing-changes.ts";

export type ViewSource = {
  readonly db: Readable;
  /** What this device's person may do with it; everything, where nobody says. */
  readonly mayOf?: Permit["mayOf"] | undefined;
  readonly log: Pick<ChangeLog, "get" | "ofRecord" | "arrivals" | "newest">;
};

/** Undefined when there is no such record or it was never like that. Trash included. */
export function viewRecord(
  source: ViewSource,
  id: RecordId,
  at?: number | RecordVersion,
): RecordView | undefined {
  const now = readState(source.db, id);
  if (now === undefined) return undefined;
  const state = at === undefined ? now : stateAt(source, now, at);
  if (state === undefined) return undefined;
  const texts = createRecordTexts({ ...source, record: id, now });
  return { ...viewState(source, state, texts), version: versionAt(source, now, at) };
}

/** What is seen by whoever looks at the record at a version, at a revision, or as it is. */
function versionAt(
  { db, log }: ViewSource,
  now: RecordState,
  at: number | RecordVersion | undefined,
): RecordVersion {
  if (typeof at === "string") return at;
  if (at === undefined || at === now.revision) {
    return recordVersionSchema.parse(log.newest(db, now.id));
  }
  const shown = new Set(
    standingChanges({ db, log }, now.id)
      .slice(0, at)
      .map((change) => change.id),
  );
  return recordVersionSchema.parse(log.arrivals(db, now.id).findLast((id) => shown.has(id)));
}

/** The record's state after its first so many changes, or after those of a version. */
export function stateAt(
  { db, log }: ViewSource,
  now: RecordState,
  at: number | RecordVersion,
): RecordState | undefined {
  if (at === now.revision || at === log.newest(db, now.id)) return now;
  if (typeof at === "number") {
    if (at > now.revision) return undefined;
    return stateOf(standingChanges({ db, log }, now.id).slice(0, at), () => true);
  }
  const arrivals = log.arrivals(db, now.id);
  const seen = new Set(arrivals.slice(0, arrivals.indexOf(at) + 1));
  const changes = standingChanges({ db, log }, now.id).filter((change) => seen.has(change.id));
  return stateOf(changes, (id) => seen.has(id));
}

function viewState(
  source: ViewSource,
  state: RecordState,
  texts: RecordTexts,
): Omit<RecordView, "version"> {
  const { db } = source;
  const record = projectRecord(state, texts.all(state));
  const split = splitTexts(state, texts);
  const authors = authorsOf(source, [
    ...split.merged,
    ...split.conflicts.flatMap((conflict) => conflict.heads),
    ...conflictsOf(state).flatMap((conflict) => conflict.heads),
  ]);
  const { departmentId, ownerId, createdBy, updatedBy } = record;
  const named = referenceLookup(db, [
    departmentId,
    ownerId,
    createdBy,
    updatedBy,
    ...authors.values(),
  ]);
  const by = (change: ChangeId) => named(authors.get(change) ?? null);
  return {
    id: record.id,
    type: record.type,
    title: record.title,
    department: named(departmentId),
    owner: named(ownerId),
    status: record.status,
    summary: summaryOf(record.fields, record.body),
    updatedAt: record.updatedAt,
    updatedBy: named(updatedBy),
    removedAt: record.removedAt,
    revision: record.revision,
    createdAt: record.createdAt,
    createdBy: named(createdBy),
    fields: record.fields,
    body: record.body,
    may: source.mayOf?.(db, state) ?? { edit: true, publish: true, remove: true },
    conflicts: [
      ...conflictsOf(state).map(({ path, heads }) => ({
        path,
        values: heads.map((head) => shownValue(head, { value: valueAt(path, head.value), by })),
      })),
      ...split.conflicts.map(({ path, heads }) => ({
        path,
        base: texts.commonOf(path, heads),
        values: heads.map((head) =>
          shownValue(head, { value: texts.textOf(path, head.change), by }),
        ),
      })),
    ],
    mergedFrom: distinct(split.merged.map((head) => by(head.change))),
    references: [
      ...readReferences(
        db,
        referencesIn(record.type, record.fields).map((reference) => reference.target),
      ),
    ],
  };
}

type Shown = {
  readonly value: Json;
  readonly by: (change: ChangeId) => Reference | null;
};

function shownValue(head: Head, { value, by }: Shown) {
  return { change: head.change, value, by: by(head.change), at: timestampToIso(head.at) };
}

/** Of a removal only its time is for people; of a list's element, not its place. */
function valueAt(path: string, value: Json): Json {
  if (!isObject(value)) return value;
  if (path === removedPath) return value["at"] ?? null;
  const { position: _, ...shown } = value;
  return readPath(path).kind === "element" ? shown : value;
}

type SplitTexts = {
  readonly merged: readonly Head[];
  readonly conflicts: readonly { readonly path: string; readonly heads: readonly Head[] }[];
};

/** The heads of texts that a machine merged, and the texts whose heads overlap. */
function splitTexts(state: RecordState, texts: RecordTexts): SplitTexts {
  const several = Object.entries(state.texts)
    .filter(([, heads]) => heads.length > 1)
    .map(([path, heads]) => ({ path, heads, kind: texts.shownAs(path, heads).kind }));
  const of = (kind: "merged" | "conflict") => several.filter((text) => text.kind === kind);
  return {
    merged: of("merged").flatMap((text) => text.heads),
    conflicts: of("conflict").map(({ path, heads }) => ({ path, heads: heads.toSorted(byWinner) })),
  };
}

function authorsOf({ db, log }: ViewSource, heads: readonly Head[]): Map<ChangeId, RecordId> {
  const authors = new Map<ChangeId, RecordId>();
  for (const { change } of heads) {
    const author = authors.has(change) ? undefined : log.get(db, change)?.author;
    if (author !== undefined) authors.set(change, author);
  }
  return authors;
}

function distinct(references: readonly (Reference | null)[]): Reference[] {
  const byId = new Map(
    references.flatMap((reference) => (reference ? [[reference.id, reference] as const] : [])),
  );
  return [...byId.values()];
}
