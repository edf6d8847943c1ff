/**
 * Files that were left out because their text is here already. Where a page links to one of them,
 * the record that has the text learns the copy's path and names, so that the link leads there.
 */
import { type RecordId, recordIdSchema } from "#shared/domain/ids.ts";
import { jsonSchema } from "#shared/domain/json.ts";
import type { Readable } from "../../db/database.ts";
import { statement } from "../../db/statement.ts";
import { textsIn } from "../../links/origin.ts";
import { addressesOfCopy, copyOf, type Origin, type Target, titleKey } from "../../links/place.ts";
import { type Candidate, pickCandidate } from "../../links/resolve.ts";
import { mapFields } from "./map-fields.ts";
import type { Page } from "./page.ts";
import type { Writer } from "./writer.ts";

/** A text that is in the workspace, or will be: its record is known as soon as it is planned. */
export type KnownText = {
  /** What a report calls it: a path of this import, or a title. */
  readonly name: string;
  readonly title: string;
  record: RecordId | undefined;
};

export type Copies = {
  readonly add: (original: KnownText, page: Page, origin: NonNullable<Origin>) => void;
  /** Whether a copy answers to the link. Its names are then written to the record that has its text. */
  readonly lead: (targets: readonly Target[], from: Origin) => boolean;
  /** Hands what the records do not know yet to the writer. */
  readonly write: (writer: Writer, breathe: () => Promise<void>) => Promise<void>;
};

/** Boilerplate that lies in every folder would make its record endless; links to the rest are told of. */
const mostCopies = 1000;

const known = statement<[id: string], { type: string; copies: string | null }>(
  "SELECT type, fields -> '$.origin_copies' AS copies FROM record WHERE id = ?",
);

type Copy = Candidate & { readonly path: string; readonly names: readonly string[] };

/** Knows of no copy in the beginning. */
export function createCopies(db: Readable): Copies {
  const candidates = new Map<string, Copy[]>();
  const wanted = new Set<Copy["names"]>();
  const linked = new Map<string, Copy[]>();
  return {
    add: ({ record, title }, page, origin) => {
      if (record === undefined) return;
      const names = copyOf(origin, otherNames(page, title));
      for (const address of names.flatMap(addressesOfCopy)) {
        const collection = address.collection ?? origin.collection;
        const copy = { ...address, record, collection, part: 0, path: page.path, names };
        candidates.set(address.key, [...(candidates.get(address.key) ?? []), copy]);
      }
    },
    lead: (targets, from) => {
      for (const target of targets) {
        const copy = pickCandidate(target, from, candidates.get(target.key) ?? []);
        if (copy === undefined) continue;
        if (!wanted.has(copy.names))
          linked.set(copy.record, [...(linked.get(copy.record) ?? []), copy]);
        wanted.add(copy.names);
        return true;
      }
      return false;
    },
    write: async (writer, breathe) => {
      for (const [record, copies] of linked) {
        if (writer.stopped() !== null) return;
        await breathe();
        const id = recordIdSchema.parse(record);
        const row = known(db).get(id);
        const [first] = copies;
        if (row === undefined || first === undefined) continue;
        const kept = row.copies === null ? [] : jsonSchema.parse(JSON.parse(row.copies));
        const names = copies.flatMap((copy) => copy.names);
        const all = new Set([...textsIn({ kept }, "kept"), ...names]);
        const fields = { origin_copies: [...all].slice(0, mostCopies) };
        const edits = [{ id, type: row.type, fields }];
        await writer.add({ path: first.path, edits, aside: true, done: () => {} });
      }
      await writer.flush();
    },
  };
}

/** The copy's old addresses, and its title where that is another one. */
function otherNames(page: Page, title: string): readonly string[] {
  const { fields } = mapFields(page.front.values, page.type, () => undefined);
  const aliases = textsIn(fields, "aliases");
  const own = page.title.includes("/") || titleKey(page.title) === titleKey(title);
  return own ? aliases : [...aliases, page.title];
}
