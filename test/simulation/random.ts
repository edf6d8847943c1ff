/** A stream of chance from a seed, for what happens one thing after the other. */
export type Random = {
  /** From 0 up to 1. */
  readonly fraction: () => number;
  /** A whole number below the limit. */
  readonly below: (limit: number) => number;
  readonly between: (least: number, most: number) => number;
  readonly happens: (probability: number) => boolean;
  /** Undefined for an empty list. */
  readonly oneOf: <T>(list: readonly T[]) => T | undefined;
  readonly bytes: (length: number) => Uint8Array;
};

/** Mulberry32 from the seed. */
export function createRandom(seed: number): Random {
  let state = Math.imul(seed, 0x9e3779b1) >>> 0;
  const fraction = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(fraction() * limit);
  return {
    fraction,
    below,
    between: (least, most) => least + below(most - least),
    happens: (probability) => fraction() < probability,
    oneOf: (list) => list[below(list.length)],
    bytes: (length) => Uint8Array.from({ length }, () => below(256)),
  };
}
