/** What the vocabulary takes for the words of a query, and how much it counts beside them. */
import { isStopWord } from "../analysis/stop-words.ts";
import type { Token } from "../analysis/tokenize.ts";
import type { Clause } from "../query/query.ts";
import type { Synonym, Synonyms } from "../synonyms/synonyms.ts";
import type { Variant } from "./word-group.ts";

/** Most writers use the word that they mean; what else it may be called counts for little beside it. */
const synonymWeight = 0.35;
/** Words of the longest phrase that is looked up. */
const longestPhrase = 4;

/**
 * By clause, what the vocabulary takes for its word, or for a phrase that the word is part of. A word
 * that is still being typed has to be finished first.
 */
export function synonymVariants(
  synonyms: Synonyms,
  clauses: readonly Clause[],
): readonly (readonly Variant[])[] {
  const found = clauses.map((): Variant[] => []);
  const words = clauses.map(finishedWord);
  for (let start = 0; start < words.length; start += 1) {
    let stems = "";
    for (let end = start; end < Math.min(words.length, start + longestPhrase); end += 1) {
      const word = words[end];
      if (word === undefined || (end === start && isStopWord(word.word))) break;
      stems = end === start ? word.stem : `${stems} ${word.stem}`;
      const variants = synonyms.of(stems).map(synonymVariant);
      for (let at = start; at <= end; at += 1) found[at]?.push(...variants);
    }
  }
  return found;
}

function synonymVariant({ stems, ...standsIn }: Synonym): Variant {
  return { stems: stems.split(" "), weight: synonymWeight, standsIn };
}

/** Whether it only stands in: how rare a word is has nothing to do with how rare its synonyms are. */
export function isSynonym({ standsIn }: Variant): boolean {
  return standsIn !== undefined && standsIn.by !== "correction" && standsIn.by !== "joining";
}

function finishedWord(clause: Clause): Token | undefined {
  const [term] = clause.terms;
  return clause.terms.length === 1 && term?.kind === "word" && !term.prefix
    ? term.token
    : undefined;
}
