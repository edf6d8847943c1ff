/**
 * Keeps calls from being answered out of tables that a new version has emptied and not yet filled: a
 * record that is not there yet must not look like one that does not exist.
 */
import { ExpectedFailure } from "#shared/rpc/wire.ts";
import type { Readable } from "../db/database.ts";
import type { Projections } from "./projections.ts";

export type CurrentProjections = {
  /** Whether the projections of these names, or all but those that may lag, are current. */
  readonly areCurrent: (names?: readonly string[]) => boolean;
  /** Makes what fails with `rebuilding` until these are. */
  readonly require: (names: readonly string[]) => () => void;
};

/** What is current stays so for as long as this version runs, so it is looked up no more. */
export function watchProjections(
  projections: Pick<Projections, "areCurrent" | "mayOpen">,
  db: Readable,
): CurrentProjections {
  const current = new Set<string>();
  const areCurrent = (names?: readonly string[]) => {
    const key = names?.join(" ") ?? "";
    if (current.has(key)) return true;
    const are = names === undefined ? projections.mayOpen(db) : projections.areCurrent(db, names);
    if (are) current.add(key);
    return are;
  };
  return {
    areCurrent,
    require: (names) => () => {
      if (areCurrent(names)) return;
      throw new ExpectedFailure(
        "rebuilding",
        "Lists are being made anew after an update, so this cannot be answered yet. Nothing is lost; wait until that is done, and if it failed, start a rebuild again.",
      );
    },
  };
}
