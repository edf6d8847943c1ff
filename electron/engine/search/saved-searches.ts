/** Saved searches: rows of this device, counted anew whenever they are listed. */
import type Sqlite from "better-sqlite3";
import type { z } from "zod";
import type { search } from "#shared/contract/search.ts";
import { type IdSource, newRecordId } from "#shared/domain/ids.ts";
import { ExpectedFailure } from "#shared/rpc/wire.ts";
import { statement } from "../db/statement.ts";
import type { SearchIndex } from "./search-index.ts";

type SaveInput = z.output<(typeof search)["save"]["input"]>;
type SavedSearch = z.input<(typeof search)["saved"]["output"]>[number];
type SavedRow = Omit<SavedSearch, "count">;

export type SavedSearches = {
  readonly list: () => SavedSearch[];
  /** Makes one, or changes the one that is named. */
  readonly save: (input: SaveInput) => { id: string };
  readonly remove: (id: string) => void;
};

const rows = statement<[], SavedRow>(
  "SELECT id, name, text, sort FROM saved_search ORDER BY name COLLATE NOCASE, id",
);
const insert = statement<[SavedRow]>(
  "INSERT INTO saved_search (id, name, text, sort) VALUES (@id, @name, @text, @sort)",
);
const update = statement<[SavedRow]>(
  "UPDATE saved_search SET name = @name, text = @text, sort = @sort WHERE id = @id",
);
const remove = statement<[string]>("DELETE FROM saved_search WHERE id = ?");

/** Keeps them in `local`, and counts with the index. */
export function createSavedSearches(deps: {
  readonly local: Sqlite.Database;
  readonly index: SearchIndex;
  readonly clock: IdSource;
}): SavedSearches {
  const { local, index, clock } = deps;
  return {
    list: () => {
      const kept = rows(local).all();
      // Every window asks at its start, and reading the index would hold up all its other questions.
      if (kept.length > 0) index.refresh();
      return kept.map(({ id, name, text, sort }) => {
        const count = index.match(index.parse(text)).total;
        return { id, name, text, sort, count };
      });
    },
    save: ({ id, name, text, sort }) => {
      if (id === undefined) {
        const fresh = newRecordId(clock);
        insert(local).run({ id: fresh, name, text, sort });
        return { id: fresh };
      }
      if (update(local).run({ id, name, text, sort }).changes === 0) {
        throw new ExpectedFailure(
          "not_found",
          "This saved search has been removed, so it cannot be changed. Save it under a name of its own instead.",
        );
      }
      return { id };
    },
    remove: (id) => void remove(local).run(id),
  };
}
