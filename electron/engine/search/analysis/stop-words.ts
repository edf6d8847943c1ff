/**
 * Words too common in English to tell records apart: they carry no postings and are not asked of a
 * match, but they count in phrases. Lucene's list of 33, and the pronouns and auxiliaries of
 * questions, which only queries leave out.
 */

const indexed = new Set(
  "a an and are as at be but by for if in into is it no not of on or such that the their then there these they this to was will with".split(
    " ",
  ),
);

const asked = new Set(
  "about after all also am any because been being can could did do does doing down from get had has have having he her here hers him his how i its just may me might more most must my now off only other our ours out over own same shall she should so some than them those through too under until up us very we were what when where which while who whom why would you your yours".split(
    " ",
  ),
);

/** Words that speak of the asking, in questions that people write out: "papers that discuss …". */
const ofTheAsking = new Set(
  "anyone anything article articles available concern concerned concerning concerns deal dealing deals describe described describes describing discuss discussed discusses discussing document documents find found give given gives giving include included includes including interested investigate investigated known like made make paper papers possible regard regarding relate related relating relevant various".split(
    " ",
  ),
);

/** Whether the word stands in nearly every text, so that no postings are kept for it. */
export function isStopWord(word: string): boolean {
  return indexed.has(word);
}

/** Whether the word says little beside several others that say what a question is about. */
export function isOfTheAsking(word: string): boolean {
  return ofTheAsking.has(word);
}

/** Whether a query of several words is better answered without this one. */
export function isWeakInQueries(word: string): boolean {
  return indexed.has(word) || asked.has(word);
}

/** Both kinds, for a search that runs without this program. */
export const weakInQueries: readonly string[] = [...indexed, ...asked];
