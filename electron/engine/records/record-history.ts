/** A record's revisions, and what differs between two of them. */
import type { z } from "zod";
import type { Revision } from "#shared/contract/record-shapes.ts";
import type { records as contract } from "#shared/contract/records.ts";
import type { Change } from "#shared/domain/change.ts";
import { timestampToIso } from "#shared/domain/clock.ts";
import type { Field } from "#shared/domain/field.ts";
import type { RecordId } from "#shared/domain/ids.ts";
import { type Json, sameJson } from "#shared/domain/json.ts";
import { readPath } from "#shared/domain/path.ts";
import { fieldsOf } from "#shared/domain/record-fields.ts";
import { recordTypeOf } from "#shared/domain/record-types.ts";
import type { RecordVersion } from "#shared/domain/record-version.ts";
import { wordDiff } from "#shared/domain/word-diff.ts";
import { readState } from "./create-record-fold.ts";
import { bodyPath } from "./project-record.ts";
import { referenceLookup } from "./read-references.ts";
import { createRecordTexts } from "./record-texts.ts";
import { standingChanges } from "./standing-changes.ts";
import { stateAt, type ViewSource } from "./record-view.ts";

type Difference = z.input<typeof contract.diff.output>;

/** The record's changes, newest first; undefined when there is no such record. */
export function readHistory({ db, log }: ViewSource, id: RecordId): Revision[] | undefined {
  const changes = standingChanges({ db, log }, id);
  if (changes.length === 0) return undefined;
  const named = referenceLookup(
    db,
    changes.map((change) => change.author),
  );
  return changes
    .map((change, index) => ({
      number: index + 1,
      change: change.id,
      at: timestampToIso(change.at),
      by: named(change.author),
      note: change.note ?? null,
      changed: changedFields(change),
    }))
    .toReversed();
}

/** Records with the newest entry of the history of each. */
export function withNewestRevision<R extends { readonly id: RecordId }>(
  source: ViewSource,
  records: readonly R[],
): (R & { readonly revision: Revision })[] {
  return records.flatMap((record) => {
    const [revision] = readHistory(source, record.id) ?? [];
    return revision === undefined ? [] : [{ ...record, revision }];
  });
}

function changedFields(change: Change): string[] {
  return [...new Set(change.writes.map((write) => readPath(write.path).field))];
}

type Moment = number | RecordVersion;
type Between = { readonly from: Moment; readonly to: Moment };

/** What changed from one revision to the other; undefined when there is no such record or revision. */
export function compareRevisions(
  source: ViewSource,
  id: RecordId,
  { from, to }: Between,
): Difference | undefined {
  const now = readState(source.db, id);
  const before = now && stateAt(source, now, from);
  const after = now && stateAt(source, now, to);
  if (now === undefined || before === undefined || after === undefined) return undefined;
  const texts = createRecordTexts({ ...source, record: id, now });
  const [textsBefore, textsAfter] = [texts.all(before), texts.all(after)];
  const body = wordDiff(textsBefore.get(bodyPath) ?? "", textsAfter.get(bodyPath) ?? "");
  const one = { ...fieldsOf(before), ...withoutBody(textsBefore) };
  const two = { ...fieldsOf(after), ...withoutBody(textsAfter) };
  return { body: [...body], fields: differences(now.type, one, two) };
}

function withoutBody(texts: ReadonlyMap<string, string>): Record<string, Json> {
  return Object.fromEntries([...texts].filter(([path, text]) => path !== bodyPath && text !== ""));
}

type Values = Readonly<Record<string, Json>>;

/** The fields that differ, declared ones in their order on the screen and first. */
function differences(type: string, before: Values, after: Values): Difference["fields"] {
  const declared: Readonly<Record<string, Field>> = recordTypeOf(type)?.fields ?? {};
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  const known = Object.keys(declared).filter((name) => names.has(name));
  return [...new Set([...known, ...names])].flatMap((name) => {
    const was = Object.hasOwn(before, name) ? (before[name] ?? null) : null;
    const is = Object.hasOwn(after, name) ? (after[name] ?? null) : null;
    if (sameJson(was, is)) return [];
    const field = Object.hasOwn(declared, name) ? declared[name] : undefined;
    const label = field?.label ?? name;
    return [{ name, label, before: was, after: is, runs: textRuns(was, is) }];
  });
}

function textRuns(before: Json, after: Json) {
  const isText = (value: Json) => typeof value === "string" || value === null;
  if (!isText(before) || !isText(after)) return null;
  return [...wordDiff(textOf(before), textOf(after))];
}

function textOf(value: Json): string {
  return typeof value === "string" ? value : "";
}
