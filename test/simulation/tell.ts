/** The seeds that belong to every run of the tests, told in parts that processes share. */
import { expect, test } from "vitest";
import { simulate } from "./simulate.ts";

const inOneTest = 25;

/** A test for every few of the seeds; each that goes wrong is named with what went wrong. */
export function tellSeeds(first: number, count: number): void {
  for (let from = first; from < first + count; from += inOneTest) {
    const to = Math.min(from + inOneTest, first + count) - 1;
    test(`the stories of the seeds ${from} to ${to} end well`, async () => {
      const wrong: string[] = [];
      for (let seed = from; seed <= to; seed += 1) {
        const { violations } = await simulate(seed);
        if (violations.length === 0) continue;
        const what = violations.map((one) => one.slice(0, 600)).join("\n");
        wrong.push(`npm run simulate -- --seed ${seed}\n${what}`);
      }
      expect(wrong).toEqual([]);
    }, 600_000);
  }
}
