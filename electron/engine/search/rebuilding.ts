/** How far the index is while it is made anew. */
import type { z } from "zod";
import type { search } from "#shared/contract/search.ts";
import type { Readable } from "../db/database.ts";
import { lagOf, standings } from "../projections/projection-tables.ts";

type Rebuilding = z.input<(typeof search)["query"]["output"]>["rebuilding"];

/** Looks it up for each answer; records are counted again only once more of them were reached. */
export function createRebuilding(db: Readable, projector: string): () => Rebuilding {
  let counted: { readonly reached: string; readonly lag: Rebuilding } | undefined;

  return () => {
    const reached = standings(db).get(projector)?.reached ?? null;
    if (reached === null) return null;
    if (counted?.reached !== reached) {
      counted = { reached, lag: lagOf(db, projector) ?? null };
    }
    return counted.lag;
  };
}
