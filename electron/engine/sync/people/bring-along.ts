/**
 * A newcomer's own departments, topics, tools and skills meet those of the library by name, so that
 * nobody sees two of "Sales": the newcomer's records then point to the library's, and the newcomer's
 * own doubles go to the trash. Only the newcomer's own records are written.
 */
import { type RecordId, recordIdSchema } from "#shared/domain/ids.ts";
import { isObject, type Json } from "#shared/domain/json.ts";
import { memberKey } from "#shared/domain/record-state.ts";
import type { Roster } from "#shared/domain/roster/roster.ts";
import type { Readable } from "../../db/database.ts";
import { statement } from "../../db/statement.ts";
import type { RecordEdit } from "../../records/record-store.ts";
import { readWorkspace, setDepartment } from "../../workspace/workspace-row.ts";
import type { PeopleDependencies } from "./people-dependencies.ts";

type Named = {
  readonly id: string;
  readonly type: string;
  readonly title: string;
  readonly created_by: string;
  readonly created_at: string;
};

const sharedTypes = `('department', 'topic', 'tool', 'skill', 'skill_domain')`;
const namedRecords = statement<[], Named>(
  `SELECT id, type, title, created_by, created_at FROM record
   WHERE type IN ${sharedTypes} AND removed_at IS NULL`,
);
const pointingTo = statement<[target: string, author: string], { readonly id: string }>(
  `SELECT DISTINCT reference.record_id AS id FROM reference
   JOIN record ON record.id = reference.record_id
   WHERE reference.target_id = ? AND record.created_by = ?`,
);

type Meeting = { readonly own: RecordId; readonly theirs: RecordId };

/** Joins what bears the same name; `since` is when this device was admitted. Does nothing twice. */
export async function bringAlong(deps: PeopleDependencies, since: number): Promise<void> {
  const { databases, store, acts, roster } = deps;
  const people = roster.rosterOf(databases.read);
  const { person } = acts.actor(databases.read);
  if (people === undefined || namesake(databases.read, person) === undefined) return;
  const meetings = meetingsOf(databases.read, { person, since, roster: people });
  if (meetings.length === 0) return;
  const replaced = new Map(meetings.map(({ own, theirs }) => [own, theirs]));
  const action = store.newId();
  const edits = editsFor(deps, replaced, person);
  if (edits.length > 0) await store.write(edits, { action });
  await databases.queue.run((db) => {
    const home = readWorkspace(db)?.department_id;
    const met = home === undefined ? undefined : meetings.find(({ own }) => own === home);
    if (met !== undefined) setDepartment(db, met.theirs);
  });
  await store.remove([...replaced.keys()], action);
  deps.logger.info("people.brought_along", { joined: meetings.length });
}

function namesake(db: Readable, person: string): Named | undefined {
  return namedRecords(db)
    .all()
    .find((one) => one.created_by === person);
}

type Asked = { readonly person: RecordId; readonly since: number; readonly roster: Roster };

/** Of two newcomers the later one follows the earlier, so that no two give way to each other. */
function meetingsOf(db: Readable, { person, since, roster }: Asked): readonly Meeting[] {
  const admittedAt = admissionTimes(roster);
  const mine = admittedAt.get(person);
  const all = namedRecords(db).all();
  const keyOf = ({ type, title }: Named) => `${type} ${memberKey(title)}`;
  const before = all.filter((one) => {
    const theirs = admittedAt.get(one.created_by);
    return theirs !== undefined && mine !== undefined && theirs < mine;
  });
  const standing = new Map(
    before
      .toSorted((a, b) => (a.created_at + a.id < b.created_at + b.id ? 1 : -1))
      .map((one) => [keyOf(one), one.id]),
  );
  return all.flatMap((one): readonly Meeting[] => {
    const theirs = standing.get(keyOf(one));
    const brought = one.created_by === person && Date.parse(one.created_at) <= since;
    if (theirs === undefined || !brought || one.title === "") return [];
    return [{ own: recordIdSchema.parse(one.id), theirs: recordIdSchema.parse(theirs) }];
  });
}

/** When each person was first admitted: time, then act. */
function admissionTimes(roster: Roster): ReadonlyMap<string, string> {
  const times = new Map<string, string>();
  for (const { person, at, act } of [...roster.admissions.values()].flat()) {
    const key = `${at} ${act}`;
    const known = times.get(person);
    if (known === undefined || key < known) times.set(person, key);
  }
  return times;
}

function editsFor(
  { databases, store }: PeopleDependencies,
  replaced: ReadonlyMap<RecordId, RecordId>,
  person: RecordId,
): readonly RecordEdit[] {
  const ids = new Set(
    [...replaced.keys()].flatMap((own) => pointingTo(databases.read).all(own, person)),
  );
  const distinct = new Set([...ids].map(({ id }) => recordIdSchema.parse(id)));
  return [...distinct].flatMap((id): readonly RecordEdit[] => {
    const record = store.get(id);
    if (record === undefined) return [];
    const changed = Object.entries(record.fields).flatMap(([name, value]) => {
      const next = pointed(value, replaced);
      return next === value ? [] : [[name, next] as const];
    });
    return [{ id, type: record.type, fields: Object.fromEntries(changed) }];
  });
}

/** The value with every id replaced; the same value where there is none. */
function pointed(value: Json, replaced: ReadonlyMap<string, RecordId>): Json {
  if (typeof value === "string") return replaced.get(value) ?? value;
  if (Array.isArray(value)) {
    const list: readonly Json[] = value;
    const next = list.map((item) => pointed(item, replaced));
    return next.some((item, index) => item !== list[index]) ? next : value;
  }
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(
    ([name, item]) => [name, pointed(item, replaced)] as const,
  );
  const same = entries.every(([name, item]) => value[name] === item);
  return same ? value : Object.fromEntries(entries);
}
