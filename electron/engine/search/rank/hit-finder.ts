/** Finds the words of a query in the words of a text, whatever form they take there. */
import type { Vocabulary } from "../index/vocabulary.ts";
import type { ScoredGroup } from "../match/match-query.ts";
import { mayBeIn, wordSieve } from "./word-sieve.ts";

/** A place in a text: `length` words from `token` on stand for the group. */
export type TokenHit = {
  readonly group: number;
  readonly token: number;
  readonly length: number;
  /** The number of the first of them. */
  readonly word: number;
  readonly weight: number;
};

/** Takes the numbers of a text's words, see word-stream.ts. */
export type HitFinder = (words: Int32Array) => readonly TokenHit[];

/** Another form of a word that somebody wrote counts for less than the word itself. */
const otherFormFactor = 0.85;

type Single = { readonly group: number; readonly weight: number };
type Run = Single & { readonly stems: readonly ReadonlySet<number>[] };

/** Builds the finder for a query's groups. Hits come in the order of the text. */
export function createHitFinder(
  groups: readonly ScoredGroup[],
  vocabulary: Pick<Vocabulary, "numbersOf" | "find">,
): HitFinder {
  const single = new Map<number, Single>();
  const runs = new Map<number, Run[]>();
  groups.forEach(({ variants, words: typed }, group) => {
    const exact = new Set(typed.flatMap((word) => vocabulary.find(word)?.id ?? []));
    for (const { stems, weight } of variants) {
      const [first = [], ...others] = stems.map(vocabulary.numbersOf);
      for (const word of first) {
        if (others.length > 0) {
          const run = { group, weight, stems: others.map((one) => new Set(one)) };
          runs.set(word, [...(runs.get(word) ?? []), run]);
        } else if ((single.get(word)?.weight ?? 0) < weight) {
          const other = exact.size > 0 && !exact.has(word);
          single.set(word, { group, weight: other ? weight * otherFormFactor : weight });
        }
      }
    }
  });

  const sieve = wordSieve([...single.keys(), ...runs.keys()]);

  return (words) => {
    const hits: TokenHit[] = [];
    for (let token = 0; token < words.length; token += 1) {
      const word = words[token] ?? 0;
      if (!mayBeIn(sieve, word)) continue;
      for (const { group, weight, stems } of runs.get(word) ?? []) {
        const stands = stems.every((stem, offset) => stem.has(words[token + offset + 1] ?? 0));
        if (stands) hits.push({ group, token, length: stems.length + 1, word, weight });
      }
      const hit = single.get(word);
      if (hit !== undefined) {
        hits.push({ group: hit.group, token, length: 1, word, weight: hit.weight });
      }
    }
    return hits;
  };
}
