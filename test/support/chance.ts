/**
 * Chance that depends on a seed and on what it is asked for, not on how often it was asked before:
 * one fault more in one place moves no fault in another, so a failing seed stays readable.
 */
export type Chance = {
  /** Whether something of this probability happens here. */
  readonly happens: (probability: number, ...about: readonly (string | number)[]) => boolean;
  /** A whole number from `least` up to and without `most`. */
  readonly between: (least: number, most: number, ...about: readonly (string | number)[]) => number;
  readonly oneOf: <T>(list: readonly T[], ...about: readonly (string | number)[]) => T | undefined;
};

/** Chance from a seed. */
export function createChance(seed: number): Chance {
  const fraction = (about: readonly (string | number)[]) => mix(seed, about.join("|")) / 2 ** 32;
  const between: Chance["between"] = (least, most, ...about) =>
    least + Math.floor(fraction(about) * (most - least));
  return {
    happens: (probability, ...about) => probability > 0 && fraction(about) < probability,
    between,
    oneOf: (list, ...about) => list[between(0, list.length, ...about)],
  };
}

/** FNV-1a over the text, then the finisher of MurmurHash3. */
function mix(seed: number, text: string): number {
  let hash = 0x811c9dc5 ^ seed;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
