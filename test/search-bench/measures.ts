/** How well a list of results answers a question. */

type Relevance = ReadonlyMap<string, number>;

/** Normalised discounted cumulative gain of the first `depth` results: 1 is the best possible order. */
export function ndcg(results: readonly string[], relevance: Relevance, depth = 10): number {
  const gain = (values: readonly number[]) =>
    values.slice(0, depth).reduce((sum, value, at) => sum + value / Math.log2(at + 2), 0);
  const ideal = gain([...relevance.values()].toSorted((a, b) => b - a));
  return ideal === 0 ? 0 : gain(results.map((id) => relevance.get(id) ?? 0)) / ideal;
}

/** The share of all answers that is among the first `depth` results. */
export function recall(results: readonly string[], relevance: Relevance, depth = 10): number {
  const found = results.slice(0, depth).filter((id) => (relevance.get(id) ?? 0) > 0).length;
  return relevance.size === 0 ? 0 : found / relevance.size;
}

/** The mean; 0 of nothing. */
export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
