/** A search engine as the benchmark drives it: the same documents in, ids in their order out. */
import type { Document } from "../judged.ts";

export type BuiltEngine = Disposable & {
  /** Ids of the ten best documents for a finished question. */
  readonly find: (text: string) => Promise<readonly string[]> | readonly string[];
  /** The same while the last word is still being typed. */
  readonly typing: (text: string) => Promise<readonly string[]> | readonly string[];
  /** Bytes on the disk, or of the index as it would be written there; null where it cannot be. */
  readonly bytes: () => number | null;
};

export type Engine = (documents: Iterable<Document>) => Promise<BuiltEngine>;

/** How many results are judged. */
export const judged = 10;
