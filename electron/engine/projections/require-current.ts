/**
 * Keeps calls from being answered out of tables that a new version has emptied and not yet folded
 * again: a record that is not there yet must not look like one that does not exist.
 */
import { ExpectedFailure } from "#shared/rpc/wire.ts";
import type { Readable } from "../db/database.ts";
import type { Projections } from "./projections.ts";

export type CurrentProjections = {
  readonly areCurrent: () => boolean;
  /** Fails with `rebuilding` until they are. */
  readonly require: () => void;
};

/** What is current stays so for as long as this version runs, so it is looked up no more. */
export function watchProjections(
  projections: Pick<Projections, "areCurrent">,
  db: Readable,
): CurrentProjections {
  let current = false;
  const areCurrent = () => (current ||= projections.areCurrent(db));
  return {
    areCurrent,
    require: () => {
      if (areCurrent()) return;
      throw new ExpectedFailure(
        "rebuilding",
        "Lists and search are being made anew after an update, so nothing can be looked up yet. Nothing is lost; wait until that is done, and if it failed, start a rebuild again.",
      );
    },
  };
}
