/** Names for record ids. */
import type { Reference } from "#shared/contract/record-shapes.ts";
import { type RecordId, recordIdSchema } from "#shared/domain/ids.ts";
import type { Readable } from "../db/database.ts";
import { statement } from "../db/statement.ts";

export type NamedRow = { readonly id: RecordId; readonly type: string; readonly title: string };

const namesOf = statement<[ids: string], NamedRow>(
  `SELECT id, type, title FROM record WHERE id IN (SELECT value FROM json_each(?))`,
);

/** The records that exist among the ids, in the order of the ids, each once. */
export function readReferences(db: Readable, ids: Iterable<string>): readonly Reference[] {
  const unique = [...new Set(ids)];
  if (unique.length === 0) return [];
  const rows = namesOf(db).all(JSON.stringify(unique));
  const byId = new Map<string, NamedRow>(rows.map((row) => [row.id, row]));
  return unique.flatMap((id) => byId.get(id) ?? []);
}

/** Looks names up once for many rows that mention the same records. */
export function referenceLookup(
  db: Readable,
  ids: Iterable<string | null>,
): (id: string | null) => Reference | null {
  const wanted = [...ids].filter((id) => id !== null && recordIdSchema.safeParse(id).success);
  const found = readReferences(
    db,
    wanted.filter((id) => id !== null),
  );
  const byId = new Map<string, Reference>(found.map((reference) => [reference.id, reference]));
  return (id) => (id === null ? null : (byId.get(id) ?? null));
}
