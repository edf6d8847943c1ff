/** Two computers that meet in one shared folder through software that is not ours. */
export type Meeting = AsyncDisposable & {
  /** The folder's place on each of the two computers. */
  readonly places: readonly [string, string];
  /** Resolves when the carrier says that both have the same. */
  readonly settled: () => Promise<void>;
};
