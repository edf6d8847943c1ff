/** Stories that went wrong once; each was worth more than the fault that it showed. */
import { expect, test } from "vitest";
import { simulate } from "./simulate.ts";

const minutes = 60_000;

test.for([
  [1315, "a copied device's branches come after a role was withdrawn"],
  [1495, "a conflict is settled for a value while a copy writes over it"],
  [2990, "somebody admits a newcomer without having heard of their own removal"],
  [3803, "a backup is put back twice before anything was sent"],
  [4335, "somebody removed loses LIBRARY.json"],
  [
    5009,
    "one of two copies lacks the beginning of the other one's branch, and their places are filled",
  ],
] as const)("seed %i: %s", { timeout: 5 * minutes }, async ([seed]) => {
  expect((await simulate(seed)).violations).toEqual([]);
});
