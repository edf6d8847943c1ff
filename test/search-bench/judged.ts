/** What a judged collection is: documents, questions, and which documents answer each. */

export type Document = { readonly id: string; readonly title: string; readonly body: string };

export type Collection = {
  readonly name: string;
  readonly documents: readonly Document[];
  /** Texts by question. */
  readonly questions: ReadonlyMap<string, string>;
  /** The same questions with one misspelling each, once for every seed. */
  readonly misspelt: readonly ReadonlyMap<string, string>[];
  /** By question, how relevant each document is; those above 0 answer it. */
  readonly answers: ReadonlyMap<string, ReadonlyMap<string, number>>;
};
