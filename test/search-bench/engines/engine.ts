/** A search engine as the benchmark drives it: the same documents in, ids in their order out. */
import type { Document } from "../judged.ts";

export type BuiltEngine = Disposable & {
  /** Ids of the best documents for a finished question, as many as a first screen shows. */
  readonly find: (text: string) => Promise<readonly string[]> | readonly string[];
  /** The same while the last word is still being typed. */
  readonly typing: (text: string) => Promise<readonly string[]> | readonly string[];
  /** Bytes on the disk, or of the index as it would be written there; null where it cannot be. */
  readonly bytes: () => number | null;
  /** Writes one document anew, so that the next question finds it as it is. */
  readonly change?: (document: Document) => Promise<void>;
  /** Opens what was written beside what is open, and answers one question out of it. */
  readonly reopen?: (text: string) => Promise<void>;
};

export type Engine = (documents: Iterable<Document>) => Promise<BuiltEngine>;

/** How many results are asked for. */
export const listed = 20;
