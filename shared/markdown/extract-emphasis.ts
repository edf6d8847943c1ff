/** Finds which `*`, `_` and `~` are marks and which are text, by CommonMark's rules. */

export type Delimiter = {
  /** Where its characters stand in the parts of the text. */
  readonly part: number;
  readonly character: string;
  readonly original: number;
  count: number;
  opens: boolean;
  closes: boolean;
};

/** Marks that wait for their partner; older ones stay text, so that hostile text is read quickly. */
const deepest = 100;
const space = /\s/u;
const punctuation = /[\p{P}\p{S}]/u;

/** The run of marks at `at`: how long it is, and whether it can open or close emphasis. */
export function newDelimiter(source: string, at: number, part: number): Delimiter {
  const character = source.charAt(at);
  let end = at;
  while (source.charAt(end) === character) end += 1;
  const before = at === 0 ? " " : codePointBefore(source, at);
  const after = end >= source.length ? " " : String.fromCodePoint(source.codePointAt(end) ?? 32);
  const spaceBefore = space.test(before);
  const spaceAfter = space.test(after);
  const markBefore = punctuation.test(before);
  const markAfter = punctuation.test(after);
  const left = !spaceAfter && (!markAfter || spaceBefore || markBefore);
  const right = !spaceBefore && (!markBefore || spaceAfter || markAfter);
  const inWord = character === "_";
  const count = end - at;
  const struck = character === "~" && count > 2;
  return {
    part,
    character,
    original: count,
    count,
    opens: !struck && left && (!inWord || !right || markBefore),
    closes: !struck && right && (!inWord || !left || markAfter),
  };
}

function codePointBefore(source: string, at: number): string {
  const code = source.charCodeAt(at - 1);
  const low = code >= 0xdc00 && code <= 0xdfff && at > 1;
  return String.fromCodePoint(source.codePointAt(at - (low ? 2 : 1)) ?? 32);
}

/** Takes the marks that pair up out of the parts; the others stay as text. */
export function closeEmphasis(parts: string[], delimiters: readonly Delimiter[]): void {
  const stack: Delimiter[] = [];
  for (const closer of delimiters) {
    while (closer.closes && closer.count > 0) {
      const opener = stack.findLast((candidate) => pairs(candidate, closer));
      if (opener === undefined) break;
      stack.length = stack.indexOf(opener) + 1;
      const used =
        closer.character === "~" ? closer.count : Math.min(opener.count, closer.count, 2);
      opener.count -= used;
      closer.count -= used;
      parts[opener.part] = opener.character.repeat(opener.count);
      parts[closer.part] = closer.character.repeat(closer.count);
      if (opener.count === 0) stack.pop();
    }
    if (closer.opens && closer.count > 0) stack.push(closer);
    if (stack.length > deepest) stack.shift();
  }
}

function pairs(opener: Delimiter, closer: Delimiter): boolean {
  if (opener.character !== closer.character) return false;
  if (opener.character === "~") return opener.count === closer.count;
  if (!opener.closes && !closer.opens) return true;
  const sum = opener.original + closer.original;
  return sum % 3 !== 0 || (opener.original % 3 === 0 && closer.original % 3 === 0);
}
