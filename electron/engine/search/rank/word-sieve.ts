/**
 * Lets nearly all words of a text be passed over at one look at a small table: what is looked for is
 * few words, and a Map is asked of the rest alone.
 */

/** By the last bits of a word's number, 1 where it may be one of those that are looked for. */
export type WordSieve = Uint8Array;

const places = 4096;

/** The sieve for some words, by their numbers. */
export function wordSieve(words: Iterable<number>): WordSieve {
  const sieve = new Uint8Array(places);
  for (const word of words) sieve[word % places] = 1;
  return sieve;
}

/** Whether the word may be one of them. */
export function mayBeIn(sieve: WordSieve, word: number): boolean {
  return sieve[word % places] === 1;
}
