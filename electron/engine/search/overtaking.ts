/**
 * Spares the engine the questions that nobody waits for any more: while somebody types, each key asks
 * anew, and those before it may still stand in line behind something long.
 */
import { setImmediate as nextTurn } from "node:timers/promises";
import { ExpectedFailure } from "#shared/rpc/wire.ts";

/** Answers once what has come meanwhile was taken in; fails with `overtaken` for all but the newest. */
export type TakeTurn = (asker: string) => Promise<void>;

/** Keeps the newest question of each asker, for as long as one waits. */
export function createOvertaking(): TakeTurn {
  const newest = new Map<string, symbol>();

  return async (asker) => {
    const own = Symbol(asker);
    newest.set(asker, own);
    await nextTurn();
    if (newest.get(asker) !== own) {
      throw new ExpectedFailure(
        "overtaken",
        "This search was left out, because a newer one from the same field came before its turn. The newer one is answered.",
      );
    }
    newest.delete(asker);
  };
}
