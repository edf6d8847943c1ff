/** Which files an export writes: every record in one, parts of the same file together, names safe. */
import { z } from "zod";
import { type RecordId, recordIdSchema } from "#shared/domain/ids.ts";
import type { Readable } from "../../db/database.ts";
import { statement } from "../../db/statement.ts";
import { nameFromTitle, safeName, safePath } from "../safe-path.ts";

export type PlannedFile = {
  /** Relative to the export's top, `/` between parts, safe on every system. */
  readonly path: string;
  /** The collection's folder in the export; null for records that came from no file. */
  readonly collection: string | null;
  /** In the order in which they make up the file. */
  readonly records: readonly RecordId[];
  /** Says why the file is not called what it was; null when it is. */
  readonly note: string | null;
};

const rows = statement<[type: string | null, same: string | null]>(
  `SELECT origin.record, origin.collection, origin.path, origin.part, record.type, record.title
   FROM origin JOIN record ON record.id = origin.record
   WHERE origin.removed = 0 AND (? IS NULL OR record.type = ?)
   ORDER BY origin.collection, origin.path, origin.part, origin.record`,
);
const rowSchema = z.object({
  record: recordIdSchema,
  collection: z.string().nullable(),
  path: z.string().nullable(),
  part: z.number(),
  type: z.string(),
  title: z.string(),
});
type Row = z.infer<typeof rowSchema>;

/** Plans the files for every record, or for those of one type. */
export function planExport(db: Readable, type: string | undefined): readonly PlannedFile[] {
  const asked = type ?? null;
  const groups = new Map<string, Row[]>();
  for (const row of rows(db)
    .all(asked, asked)
    .map((one) => rowSchema.parse(one))) {
    const key = groupOf(row, groups);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  const taken = new Set<string>();
  return [...groups.values()].flatMap((group) => planFile(group, taken) ?? []);
}

/** Parts of one file belong together; two records that claim the same part are two files. */
function groupOf(row: Row, groups: ReadonlyMap<string, readonly Row[]>): string {
  if (row.collection === null || row.path === null) return row.record;
  const key = `${row.collection}\n${row.path}`;
  const here = groups.get(key) ?? [];
  return here.some((other) => other.part === row.part) ? row.record : key;
}

function planFile(group: readonly Row[], taken: Set<string>): PlannedFile | undefined {
  const [first] = group;
  if (first === undefined) return undefined;
  const records = group.map((row) => row.record);
  const { collection, path } = first;
  const wanted = collection === null || path === null ? null : `${collection}/${path}`;
  const folder = collection === null ? null : safeName(collection);
  const inside = path === null ? null : safePath(path);
  const safe =
    folder === null || inside === null
      ? `${safeName(first.type)}/${nameFromTitle(first.title)}.md`
      : `${folder}/${inside}`;
  const free = freeName(safe, taken);
  const renamed = wanted !== null && free !== wanted;
  const note = renamed
    ? `Written as “${free}”: its own name cannot exist on every system, or is taken.`
    : null;
  return { path: free, collection: folder, records, note };
}

/** The name itself, or with a number before its ending where another file has it. */
function freeName(path: string, taken: Set<string>): string {
  const slash = path.lastIndexOf("/");
  const dot = path.indexOf(".", slash + 2);
  const stem = dot === -1 ? path : path.slice(0, dot);
  const ending = dot === -1 ? "" : path.slice(dot);
  // Many file systems do not tell upper case from lower case.
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? path : `${stem}-${number}${ending}`;
    const key = name.normalize("NFC").toLowerCase();
    if (taken.has(key)) continue;
    taken.add(key);
    return name;
  }
}
