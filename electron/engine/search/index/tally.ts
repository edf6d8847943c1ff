/** Sums under small whole numbers, in a flat array that grows with the greatest of them. */

export type Tally = {
  /** Adds to a sum; true when it was zero before. */
  readonly add: (key: number, amount: number) => boolean;
  /** Gives a sum and sets it to zero. */
  readonly take: (key: number) => number;
};

/** Builds a tally in which every sum is zero. */
export function createTally(): Tally {
  let sums = new Float32Array(1 << 14);

  return {
    add: (key, amount) => {
      if (key >= sums.length) {
        const wider = new Float32Array(key * 2);
        wider.set(sums);
        sums = wider;
      }
      const before = sums[key] ?? 0;
      sums[key] = before + amount;
      return before === 0;
    },
    take: (key) => {
      const sum = sums[key] ?? 0;
      sums[key] = 0;
      return sum;
    },
  };
}
