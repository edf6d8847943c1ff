/** Opens something for writing: the record, the draft that waits for it, and the names they mention. */
import { client } from "#renderer/platform/api.ts";
import type { Draft } from "#shared/contract/drafts.ts";
import type { RecordView } from "#shared/contract/record-shapes.ts";
import { type RecordId, recordIdSchema } from "#shared/domain/ids.ts";
import type { Json } from "#shared/domain/json.ts";
import { recordTypeOf } from "#shared/domain/record-types.ts";
import type { RecordVersion } from "#shared/domain/record-version.ts";
import { RpcFault } from "#shared/rpc/wire.ts";
import { type Content, contentOf, type Fields } from "./content.ts";

export type Opening = {
  /** The draft's key: the record's id, or a new record's own. */
  readonly key: string;
  readonly type: string;
  /** The record as the writing started from it; undefined for a new one. */
  readonly record: RecordView | undefined;
  /** Where the writing started. */
  readonly base: Content;
  /** What stands on the screen at first: the base, or the draft over it. */
  readonly content: Content;
  readonly draft: Draft | null;
  /** The names of the records that the fields mention. */
  readonly names: ReadonlyMap<string, string>;
};

/** Opens a record; a draft continues from the version it started from. */
export async function openRecord(id: RecordId, key: string = id): Promise<Opening> {
  const [current, draft] = await Promise.all([
    client.records.get({ id }),
    client.drafts.get({ key }),
  ]);
  const record =
    draft?.base === undefined || draft.base === current.version
      ? current
      : ((await recordAt(id, draft.base)) ?? current);
  const base = contentOf(record);
  return finish({ key, type: record.type, record, base, draft });
}

/** A workspace put back from a backup may not know the version any more: then there is none. */
async function recordAt(id: RecordId, version: RecordVersion): Promise<RecordView | undefined> {
  try {
    return await client.records.get({ id, version });
  } catch (error) {
    if (error instanceof RpcFault && error.fault.code === "not_found") return undefined;
    throw error;
  }
}

/** Opens a new record, or continues its draft. It starts in one's own department, owned by oneself. */
export async function openNew(
  key: string,
  type: string,
  title: string | undefined,
): Promise<Opening> {
  const [draft, { department, person }] = await Promise.all([
    client.drafts.get({ key }),
    client.workspace.state({}),
  ]);
  const declared = recordTypeOf(type)?.fields ?? {};
  const start: Record<string, Json> = {};
  if (title !== undefined) start[recordTypeOf(type)?.titleField ?? "title"] = title;
  if (declared.department_id !== undefined && department !== null) {
    start.department_id = department.id;
  }
  if (declared.owner_id !== undefined && person !== null) start.owner_id = person.id;
  if (declared.asked_by !== undefined && person !== null) start.asked_by = person.id;
  const names = [department, person].flatMap((one): [string, string][] =>
    one === null ? [] : [[one.id, one.name]],
  );
  const base = { fields: start, body: "" };
  return finish({ key, type, record: undefined, base, draft }, new Map(names));
}

async function finish(
  opening: Omit<Opening, "content" | "names">,
  known: ReadonlyMap<string, string> = new Map(),
): Promise<Opening> {
  const { base, draft, record } = opening;
  const content =
    draft === null ? base : { fields: withDraft(base.fields, draft.fields), body: draft.body };
  const names = new Map(known);
  for (const { id, title } of record?.references ?? []) names.set(id, title);
  const missing = idsIn(Object.values(draft?.fields ?? {})).filter((id) => !names.has(id));
  const found = await Promise.allSettled(missing.map((id) => client.records.get({ id })));
  for (const one of found) {
    // A record that is gone keeps its id as its name.
    if (one.status === "fulfilled") names.set(one.value.id, one.value.title);
  }
  return { ...opening, content, names };
}

function withDraft(base: Fields, draft: Fields): Fields {
  return Object.fromEntries(
    Object.entries({ ...base, ...draft }).filter(([, value]) => value !== null),
  );
}

function idsIn(value: Json | readonly Json[]): readonly RecordId[] {
  if (typeof value === "string") {
    const id = recordIdSchema.safeParse(value);
    return id.success ? [id.data] : [];
  }
  if (value === null || typeof value !== "object") return [];
  return Object.values(value).flatMap((inner: Json) => idsIn(inner));
}
