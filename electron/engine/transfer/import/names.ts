/** Finds the records that a file names by title: among those being imported, then in the workspace. */
import type { RecordId } from "#shared/domain/ids.ts";
import { recordIdSchema } from "#shared/domain/ids.ts";
import type { RecordTypeName } from "#shared/domain/record-type-name.ts";
import { recordTypeOf } from "#shared/domain/record-types.ts";
import type { Readable } from "../../db/database.ts";
import { statement } from "../../db/statement.ts";
import { titleKey } from "../../records/opening.ts";
import type { RecordEdit } from "../../records/record-store.ts";
import type { ResolveName } from "./map-fields.ts";

const ofType = statement<[type: string, key: string], { id: string }>(
  "SELECT id FROM record WHERE type = ? AND title_key = ? AND removed_at IS NULL ORDER BY id LIMIT 1",
);
const ofAnyType = statement<[key: string], { id: string }>(
  "SELECT id FROM record WHERE title_key = ? AND removed_at IS NULL ORDER BY id LIMIT 1",
);
const typeById = statement<[id: string], { type: string }>(
  "SELECT type FROM record WHERE id = ? AND removed_at IS NULL",
);

/** What a page may bring into being by naming it. People come into being only in files of our own. */
const makeable: ReadonlySet<string> = new Set(["department", "topic", "tool"]);
const makeableByOwn: ReadonlySet<string> = new Set([
  ...makeable,
  "person",
  "skill",
  "skill_domain",
  "source",
]);

export type Names = {
  /** Says that the import has a record of that type and title. */
  readonly announce: (type: string, title: string, id: RecordId) => void;
  /** The id of a record by type and title, if there is one already. */
  readonly find: (type: string, title: string) => RecordId | undefined;
  /** `own`: the file is one of Guildhall's, and every name in it means a record. */
  readonly resolver: (own: boolean) => ResolveName;
  /** Records that came into being by being named since this was asked last. */
  readonly takeMade: () => readonly RecordEdit[];
};

/** Knows no name in the beginning; records that have to be made for names get ids from `newId`. */
export function createNames(db: Readable, newId: () => RecordId): Names {
  const known = new Map<string, RecordId>();
  let made: RecordEdit[] = [];

  function announce(type: string, title: string, id: RecordId): void {
    const key = titleKey(title.trim());
    if (!known.has(`${type}:${key}`)) known.set(`${type}:${key}`, id);
    if (!known.has(`any:${key}`)) known.set(`any:${key}`, id);
  }

  function find(type: string, title: string): RecordId | undefined {
    const key = titleKey(title.trim());
    const here = known.get(`${type}:${key}`);
    if (here !== undefined) return here;
    const row = type === "any" ? ofAnyType(db).get(key) : ofType(db).get(type, key);
    return row === undefined ? undefined : recordIdSchema.parse(row.id);
  }

  function make(to: RecordTypeName, name: string): RecordId {
    const id = newId();
    const field = recordTypeOf(to)?.titleField ?? "name";
    made.push({ id, type: to, fields: { [field]: name } });
    announce(to, name, id);
    return id;
  }

  return {
    announce,
    find,
    resolver: (own) => (to, name) => {
      const id = recordIdSchema.safeParse(name);
      if (id.success) {
        const type = typeById(db).get(id.data)?.type;
        if (type !== undefined && (to === "any" || type === to)) return id.data;
      }
      const found = find(to, name);
      if (found !== undefined || to === "any") return found;
      return (own ? makeableByOwn : makeable).has(to) ? make(to, name) : undefined;
    },
    takeMade: () => {
      const taken = made;
      made = [];
      return taken;
    },
  };
}
