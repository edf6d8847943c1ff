/** The commands over single records: show, new, edit, history, diff, restore, remove, list. */
import { readFile } from "node:fs/promises";
import type { RecordSummary } from "#shared/contract/record-shapes.ts";
import { recordTypeNames } from "#shared/domain/record-type-name.ts";
import { recordTypeOf } from "#shared/domain/record-types.ts";
import { readAssignments, type Resolve } from "./field-values.ts";
import {
  CommandFailure,
  count,
  fileReason,
  oneLine,
  type Outcome,
  table,
  UsageError,
} from "./outcome.ts";
import { showDiff, showRecord } from "./record-text.ts";
import { findByName, parseId } from "./references.ts";
import type { Session } from "./session.ts";
import type { Terminal } from "./terminal.ts";

/** `show ID [--revision N]` */
export async function show(
  { client }: Session,
  { id, revision }: { readonly id: string; readonly revision: number | undefined },
): Promise<Outcome> {
  const record = await client.records.get({
    id: parseId(id),
    ...(revision === undefined ? {} : { revision }),
  });
  const { type, title, status, fields, body } = record;
  const department = record.department?.title ?? null;
  const json = {
    id: record.id,
    type,
    title,
    department,
    status,
    revision: record.revision,
    fields,
    body,
  };
  return { json, text: (paint) => showRecord(record, paint) };
}

type NewOptions = {
  readonly type: string;
  readonly title: string;
  readonly body: string | undefined;
  readonly set: readonly string[];
};

/** `new TYPE --title T [--body FILE|-] [--set field=value]…` */
export async function create(session: Session, options: NewOptions): Promise<Outcome> {
  const { client, terminal } = session;
  const assigned = await readAssignments(options.type, options.set, resolver(session));
  const titleField = recordTypeOf(options.type)?.titleField ?? "title";
  const body = await readBody(options.body, terminal);
  const { id, revision } = await client.records.create({
    type: options.type,
    fields: { ...assigned, [titleField]: options.title },
    ...(body === undefined ? {} : { body }),
  });
  return { json: { id, revision }, text: () => id };
}

type EditOptions = {
  readonly id: string;
  readonly body: string | undefined;
  readonly set: readonly string[];
  readonly note: string | undefined;
};

/** `edit ID [--body FILE|-] [--set …] [--note N]` */
export async function edit(session: Session, options: EditOptions): Promise<Outcome> {
  if (options.body === undefined && options.set.length === 0) {
    throw new UsageError("Nothing to change: give --body, --set, or both.");
  }
  const { client, terminal } = session;
  const id = parseId(options.id);
  const { type, revision: before } = await client.records.get({ id });
  const fields = await readAssignments(type, options.set, resolver(session));
  const body = await readBody(options.body, terminal);
  const { revision } = await client.records.edit({
    id,
    fields,
    ...(body === undefined ? {} : { body }),
    ...(options.note === undefined ? {} : { note: options.note }),
  });
  const said = revision === before ? "Nothing differed; still" : "Saved as";
  return { json: { id, revision }, text: () => `${said} revision ${revision}` };
}

/** `history ID` */
export async function history(
  { client, terminal }: Session,
  { id }: { readonly id: string },
): Promise<Outcome> {
  const revisions = await client.records.history({ id: parseId(id) });
  const json = {
    id: parseId(id),
    revisions: revisions.map(({ number, at, by, note, changed }) => ({
      revision: number,
      at,
      by: by?.title ?? null,
      note,
      changed,
    })),
  };
  const rows = json.revisions.map(({ revision, at, by, note, changed }) => [
    String(revision),
    at.slice(0, 19).replace("T", " "),
    by ?? "",
    changed.join(", "),
    oneLine(note ?? ""),
  ]);
  return {
    json,
    text: (paint) =>
      table(["Revision", "When (UTC)", "Who", "Changed", "Note"], rows, { terminal, paint }),
  };
}

/** `diff ID A B` */
export async function diff(
  { client }: Session,
  options: { readonly id: string; readonly from: number; readonly to: number },
): Promise<Outcome> {
  const { from, to } = options;
  const id = parseId(options.id);
  const difference = await client.records.diff({ id, from, to });
  return { json: { id, from, to, ...difference }, text: (paint) => showDiff(difference, paint) };
}

/** `restore ID N` */
export async function restore(
  { client }: Session,
  options: { readonly id: string; readonly revision: number },
): Promise<Outcome> {
  const id = parseId(options.id);
  const { revision, action } = await client.records.restoreRevision({
    id,
    revision: options.revision,
  });
  const said =
    action === null
      ? `The record says what revision ${options.revision} says already; still revision ${revision}`
      : `Revision ${options.revision} is back as revision ${revision}`;
  return { json: { id, revision }, text: () => said };
}

/** `remove ID` */
export async function remove(
  { client }: Session,
  options: { readonly id: string },
): Promise<Outcome> {
  const id = parseId(options.id);
  const { title } = await client.records.get({ id });
  const { removed } = await client.records.remove({ ids: [id] });
  const sentence = removed > 0 ? "is in the trash now" : "was in the trash already";
  return { json: { id, removed: removed > 0 }, text: () => `"${title}" ${sentence}` };
}

type ListOptions = {
  readonly type: string | undefined;
  readonly status: string | undefined;
  readonly department: string | undefined;
};

/** `list [--type T] [--status S]`: every record there is, in the order of titles. */
export async function list({ client, terminal }: Session, options: ListOptions): Promise<Outcome> {
  const { type, status } = options;
  requireStatus(type, status);
  const home =
    options.department === undefined
      ? undefined
      : await findByName(client, "department", options.department);
  const records: RecordSummary[] = [];
  let total = 0;
  do {
    const page = await client.records.list({
      ...(type === undefined ? {} : { type }),
      ...(status === undefined ? {} : { status }),
      ...(home === undefined ? {} : { department: home.id }),
      sort: "title",
      offset: records.length,
      limit: 1000,
    });
    total = page.total;
    if (page.records.length === 0) break;
    records.push(...page.records);
  } while (records.length < total);
  const rows = records.map((record) => ({
    id: record.id,
    type: record.type,
    title: record.title,
    department: record.department?.title ?? null,
    status: record.status,
  }));
  return {
    json: { total, records: rows },
    text: (paint) => {
      const cells = rows.map(({ id, type, status, department, title }) => [
        id,
        type,
        status ?? "",
        department ?? "",
        oneLine(title),
      ]);
      const lines = table(["Id", "Type", "Status", "Department", "Title"], cells, {
        terminal,
        paint,
      });
      return `${lines}\n${count(total, "record")}`;
    },
  };
}

/** A status that no record can have is a slip of the hand, not a list without records. */
function requireStatus(type: string | undefined, status: string | undefined): void {
  if (status === undefined) return;
  const types = type === undefined ? recordTypeNames : [type];
  const known = new Set<string>(types.flatMap((one) => recordTypeOf(one)?.statuses ?? []));
  if (known.has(status)) return;
  const all = [...known].join(", ");
  const hint = all === "" ? `A ${type ?? "record"} has none.` : `There are: ${all}.`;
  throw new UsageError(`No record has the status "${status}". ${hint}`);
}

function resolver({ client }: Session): Resolve {
  return async (type, nameOrId) => (await findByName(client, type, nameOrId)).id;
}

/** The text of a file, or of standard input for "-". Exactly as it stands there. */
async function readBody(
  source: string | undefined,
  terminal: Terminal,
): Promise<string | undefined> {
  if (source === undefined) return undefined;
  const bytes = source === "-" ? await terminal.readInput() : await readFileOf(source);
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new CommandFailure(
      "not_text",
      `The text is not valid UTF-8, so nothing was written. Convert it and try again.`,
    );
  }
}

async function readFileOf(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new CommandFailure(
      "unreadable",
      `The text could not be read: ${file} ${fileReason(error)}. Nothing was written.`,
    );
  }
}
