/** Parameters of a property test: a fixed seed, so that a failure happens again. */
export function seeded(seed: number, numRuns: number) {
  return { seed, numRuns } as const;
}
