/** Taking times: of one piece of work, of many calls, and of calls while something else runs. */
import { percentile, type Row } from "./row.ts";

type Target = NonNullable<Row["target"]>;

/** Milliseconds that the work took, with what it gave. */
export async function timed<T>(work: () => T | Promise<T>): Promise<{ ms: number; value: T }> {
  const started = performance.now();
  const value = await work();
  return { ms: performance.now() - started, value };
}

/** Milliseconds of each of so many calls, one after another. */
export async function timedCalls(
  count: number,
  call: (index: number) => unknown,
): Promise<readonly number[]> {
  const spent: number[] = [];
  for (let index = 0; index < count; index += 1) {
    spent.push((await timed(() => call(index))).ms);
  }
  return spent;
}

export type Probe = { readonly name: string; readonly call: (index: number) => Promise<unknown> };

/** How often a probe calls: faster than anybody types. */
const every = 50;

/**
 * Calls each probe every 50 ms until the work ends, whether the last call was answered or not:
 * a call that waits behind a long turn must not hold back the ones that would have waited too.
 */
export async function probeDuring(
  work: Promise<unknown>,
  probes: readonly Probe[],
): Promise<ReadonlyMap<string, readonly number[]>> {
  const spent = new Map<string, number[]>(probes.map(({ name }) => [name, []]));
  const open = new Set<Promise<void>>();
  let index = 0;
  const ask = () => {
    for (const probe of probes) {
      const asked = timed(() => probe.call(index))
        .then(({ ms }) => void spent.get(probe.name)?.push(ms))
        .finally(() => open.delete(asked));
      open.add(asked);
    }
    index += 1;
  };
  const timer = setInterval(ask, every);
  try {
    await work;
  } finally {
    clearInterval(timer);
    await Promise.all(open);
  }
  return spent;
}

/** The median, the 95th percentile and the longest of the times. */
export function spread(name: string, spent: readonly number[], target?: Target): readonly Row[] {
  const p95: Row = { name: `${name}, p95`, value: percentile(spent, 0.95), unit: "ms" };
  return [
    { name: `${name}, p50`, value: percentile(spent, 0.5), unit: "ms" },
    target === undefined ? p95 : { ...p95, target },
    { name: `${name}, longest`, value: Math.max(...spent), unit: "ms" },
  ];
}
