/** The best few of many, without sorting all of them. */

export type Ranked = { readonly number: number; readonly score: number };

export type Top = {
  /** Takes it in if it is among the best; gives the score that the next one has to exceed. */
  readonly offer: (number: number, score: number) => number;
  /** Greatest scores first; equal ones by number. */
  readonly ranked: () => Ranked[];
};

/** An empty top of so many; what is offered comes with ascending numbers. */
export function createTop(limit: number): Top {
  // A heap: the worst of the best so far is at the root.
  const numbers: number[] = [];
  const scores: number[] = [];

  function isWorse(a: number, b: number): boolean {
    const [first = 0, second = 0] = [scores[a], scores[b]];
    return first < second || (first === second && (numbers[a] ?? 0) > (numbers[b] ?? 0));
  }

  function swap(a: number, b: number): void {
    [numbers[a], numbers[b]] = [numbers[b] ?? 0, numbers[a] ?? 0];
    [scores[a], scores[b]] = [scores[b] ?? 0, scores[a] ?? 0];
  }

  function rise(start: number): void {
    for (let at = start; at > 0;) {
      const parent = (at - 1) >> 1;
      if (!isWorse(at, parent)) return;
      swap(at, parent);
      at = parent;
    }
  }

  function sink(): void {
    for (let at = 0; ;) {
      let worst = at;
      const child = 2 * at + 1;
      if (child < numbers.length && isWorse(child, worst)) worst = child;
      if (child + 1 < numbers.length && isWorse(child + 1, worst)) worst = child + 1;
      if (worst === at) return;
      swap(at, worst);
      at = worst;
    }
  }

  return {
    offer: (number, score) => {
      if (numbers.length < limit) {
        numbers.push(number);
        scores.push(score);
        rise(numbers.length - 1);
      } else if (limit > 0 && score > (scores[0] ?? 0)) {
        numbers[0] = number;
        scores[0] = score;
        sink();
      }
      return numbers.length < limit ? -Infinity : (scores[0] ?? Infinity);
    },
    ranked: () =>
      numbers
        .map((number, at) => ({ number, score: scores[at] ?? 0 }))
        .toSorted((a, b) => b.score - a.score || a.number - b.number),
  };
}

/** Positions of the `limit` greatest scores, greatest first; equal ones in their given order. */
export function topPositions(scores: ArrayLike<number>, limit: number): number[] {
  const top = createTop(limit);
  let toBeat = -Infinity;
  for (let position = 0; position < scores.length; position += 1) {
    const score = scores[position] ?? 0;
    if (score > toBeat) toBeat = top.offer(position, score);
  }
  return top.ranked().map(({ number }) => number);
}
