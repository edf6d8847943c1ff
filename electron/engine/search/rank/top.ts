/**
 * The best few of many, without sorting all of them. A hundred thousand pass through here at a key, so
 * these are functions over flat arrays: closures would be compiled anew for every top.
 */

export type Ranked = { readonly number: number; readonly score: number };

/** A heap in two columns: the worst of the best so far comes first. */
export type Top = {
  readonly limit: number;
  readonly numbers: number[];
  readonly scores: number[];
};

/** An empty top of so many. */
export function createTop(limit: number): Top {
  return { limit, numbers: [], scores: [] };
}

/**
 * Takes it in if it is among the best; gives what the next score has to exceed, or to equal where its
 * number may be lower than those before it.
 */
export function offer(top: Top, number: number, score: number): number {
  const { limit, numbers, scores } = top;
  if (numbers.length < limit) {
    numbers.push(number);
    scores.push(score);
    rise(top);
  } else if (limit > 0 && isBetterThanWorst(top, number, score)) {
    numbers[0] = number;
    scores[0] = score;
    sink(top);
  }
  return numbers.length < limit ? -Infinity : (scores[0] ?? Infinity);
}

function isBetterThanWorst({ numbers, scores }: Top, number: number, score: number): boolean {
  const worst = scores[0] ?? 0;
  return score > worst || (score === worst && number < (numbers[0] ?? 0));
}

/** Greatest scores first; equal ones by number. */
export function ranked({ numbers, scores }: Top): Ranked[] {
  return numbers
    .map((number, at) => ({ number, score: scores[at] ?? 0 }))
    .toSorted((a, b) => b.score - a.score || a.number - b.number);
}

function rise(top: Top): void {
  let at = top.numbers.length - 1;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (!isWorse(top, at, parent)) return;
    swap(top, at, parent);
    at = parent;
  }
}

function sink(top: Top): void {
  const { length } = top.numbers;
  let at = 0;
  for (;;) {
    let worst = at;
    const child = 2 * at + 1;
    if (child < length && isWorse(top, child, worst)) worst = child;
    if (child + 1 < length && isWorse(top, child + 1, worst)) worst = child + 1;
    if (worst === at) return;
    swap(top, at, worst);
    at = worst;
  }
}

function isWorse({ numbers, scores }: Top, a: number, b: number): boolean {
  const first = scores[a] ?? 0;
  const second = scores[b] ?? 0;
  return first < second || (first === second && (numbers[a] ?? 0) > (numbers[b] ?? 0));
}

function swap({ numbers, scores }: Top, a: number, b: number): void {
  const number = numbers[a] ?? 0;
  numbers[a] = numbers[b] ?? 0;
  numbers[b] = number;
  const score = scores[a] ?? 0;
  scores[a] = scores[b] ?? 0;
  scores[b] = score;
}

/** Positions of the `limit` greatest scores, greatest first; equal ones in their given order. */
export function topPositions(scores: ArrayLike<number>, limit: number): number[] {
  const top = createTop(limit);
  let toBeat = -Infinity;
  for (let position = 0; position < scores.length; position += 1) {
    const score = scores[position] ?? 0;
    if (score > toBeat) toBeat = offer(top, position, score);
  }
  return ranked(top).map(({ number }) => number);
}
