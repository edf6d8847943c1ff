/** One random slip in one word of each question: a letter left out, put in, wrong, or two swapped. */
import { randomFrom } from "#test/support/generate-corpus.ts";

/** The same questions, misspelt; the same seed gives the same slips. Words under four letters stay. */
export function misspell(
  questions: ReadonlyMap<string, string>,
  seed: number,
): ReadonlyMap<string, string> {
  const random = randomFrom(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  return new Map(Array.from(questions, ([id, text]) => [id, misspellOne(text, below)]));
}

function misspellOne(text: string, below: (limit: number) => number): string {
  const words = text.split(" ");
  const long = words.flatMap((word, index) => (/^[a-z]{4,}$/iu.test(word) ? [index] : []));
  const index = long[below(long.length)];
  const word = index === undefined ? undefined : words[index];
  if (index === undefined || word === undefined) return text;
  return words.with(index, slip(word, below)).join(" ");
}

function slip(word: string, below: (limit: number) => number): string {
  const at = below(word.length - 1);
  const letter = String.fromCharCode(97 + below(26));
  const before = word.slice(0, at);
  switch (below(4)) {
    case 0:
      return before + word.slice(at + 1);
    case 1:
      return before + letter + word.slice(at);
    case 2:
      return before + letter + word.slice(at + 1);
    default:
      return before + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2);
  }
}
