/**
 * The simulation itself is tried: without one of its protections the protocol has to be seen to
 * fail, or a green simulation would prove nothing.
 */
import { expect, test } from "vitest";
import type { Protections } from "#engine/sync/pace.ts";
import { simulate } from "./simulate.ts";

/** The first seed that goes wrong without the protection, and what goes wrong in it. */
async function firstWrong(protection: keyof Protections, seeds: number) {
  for (let seed = 1; seed <= seeds; seed += 1) {
    const { violations } = await simulate(seed, { protections: { [protection]: false } });
    if (violations.length > 0) return { seed, violations };
  }
  return undefined;
}

const turns: readonly (readonly [keyof Protections, RegExp])[] = [
  ["healing", /^I1/mu],
  ["acks", /^I1/mu],
  ["hashes", /^(?:I3|I7)/mu],
  ["content", /^I10/mu],
  ["predecessors", /^(?:I1|I4|I7|It broke)/mu],
];

test.for(turns)(
  "without %s the stories go wrong",
  { timeout: 600_000 },
  async ([protection, sign]) => {
    const wrong = await firstWrong(protection, 60);
    expect(wrong?.violations.join("\n")).toMatch(sign);
  },
);
