/**
 * The Porter stemmer for English (M. F. Porter, "An algorithm for suffix stripping", 1980), as the
 * author's own later program has it. Takes and gives folded ASCII words.
 */

const consonant = "[^aeiou]";
const vowel = "[aeiouy]";
const consonants = `${consonant}[^aeiouy]*`;
const vowels = `${vowel}[aeiou]*`;

const measureAbove0 = new RegExp(`^(?:${consonants})?${vowels}${consonants}`, "u");
const measure1 = new RegExp(`^(?:${consonants})?${vowels}${consonants}(?:${vowels})?$`, "u");
const measureAbove1 = new RegExp(`^(?:${consonants})?(?:${vowels}${consonants}){2}`, "u");
const hasVowel = new RegExp(`^(?:${consonants})?${vowel}`, "u");
const shortSyllable = new RegExp(`^${consonants}${vowel}[^aeiouwxy]$`, "u");

const step2 = new Map([
  ["ational", "ate"],
  ["tional", "tion"],
  ["enci", "ence"],
  ["anci", "ance"],
  ["izer", "ize"],
  ["bli", "ble"],
  ["alli", "al"],
  ["entli", "ent"],
  ["eli", "e"],
  ["ousli", "ous"],
  ["ization", "ize"],
  ["ation", "ate"],
  ["ator", "ate"],
  ["alism", "al"],
  ["iveness", "ive"],
  ["fulness", "ful"],
  ["ousness", "ous"],
  ["aliti", "al"],
  ["iviti", "ive"],
  ["biliti", "ble"],
  ["logi", "log"],
]);
const step3 = new Map([
  ["icate", "ic"],
  ["ative", ""],
  ["alize", "al"],
  ["iciti", "ic"],
  ["ical", "ic"],
  ["ful", ""],
  ["ness", ""],
]);
const endings2 =
  /^(.+?)(ational|tional|enci|anci|izer|bli|alli|entli|eli|ousli|ization|ation|ator|alism|iveness|fulness|ousness|aliti|iviti|biliti|logi)$/u;
const endings3 = /^(.+?)(icate|ative|alize|iciti|ical|ful|ness)$/u;
const endings4 =
  /^(.+?)(al|ance|ence|er|ic|able|ible|ant|ement|ment|ent|ou|ism|ate|iti|ous|ive|ize)$/u;

/** The stem of a word. Words of one or two letters are their own stems. */
export function porterStem(word: string): string {
  if (word.length < 3) return word;
  // A leading y is a consonant; the patterns above take every y for a vowel.
  const shielded = word.startsWith("y") ? `Y${word.slice(1)}` : word;
  const plural = stripPlural(shielded);
  const past = stripPast(plural);
  const ended =
    past.endsWith("y") && hasVowel.test(past.slice(0, -1)) ? `${past.slice(0, -1)}i` : past;
  const second = replaceEnding(ended, endings2, step2);
  const third = replaceEnding(second, endings3, step3);
  return stripFinalE(stripLong(third)).toLowerCase();
}

function stripPlural(word: string): string {
  if (/(?:ss|i)es$/u.test(word)) return word.slice(0, -2);
  return /[^s]s$/u.test(word) ? word.slice(0, -1) : word;
}

function stripPast(word: string): string {
  if (word.endsWith("eed")) {
    return measureAbove0.test(word.slice(0, -3)) ? word.slice(0, -1) : word;
  }
  const stem = /^(.+?)(?:ed|ing)$/u.exec(word)?.[1];
  if (stem === undefined || !hasVowel.test(stem)) return word;
  if (/(?:at|bl|iz)$/u.test(stem)) return `${stem}e`;
  if (/([^aeiouylsz])\1$/u.test(stem)) return stem.slice(0, -1);
  return shortSyllable.test(stem) ? `${stem}e` : stem;
}

function replaceEnding(
  word: string,
  endings: RegExp,
  replacements: ReadonlyMap<string, string>,
): string {
  const [, stem, ending] = endings.exec(word) ?? [];
  if (stem === undefined || ending === undefined || !measureAbove0.test(stem)) return word;
  return stem + (replacements.get(ending) ?? "");
}

function stripLong(word: string): string {
  const stem = endings4.exec(word)?.[1];
  if (stem !== undefined) return measureAbove1.test(stem) ? stem : word;
  const ion = /^(.+?[st])ion$/u.exec(word)?.[1];
  return ion !== undefined && measureAbove1.test(ion) ? ion : word;
}

function stripFinalE(word: string): string {
  let ended = word;
  if (word.endsWith("e")) {
    const stem = word.slice(0, -1);
    const keep = measure1.test(stem) && shortSyllable.test(stem);
    if (measureAbove1.test(stem) || (measure1.test(stem) && !keep)) ended = stem;
  }
  return ended.endsWith("ll") && measureAbove1.test(ended) ? ended.slice(0, -1) : ended;
}
