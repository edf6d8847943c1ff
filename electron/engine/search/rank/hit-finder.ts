/** Finds the words of a query in the tokens of a text, whatever form they take there. */
import type { Token, Tokens } from "../analysis/tokenize.ts";
import type { ScoredGroup } from "../match/match-query.ts";

/** A place in a text: `length` tokens from `token` on stand for the group. */
export type TokenHit = {
  readonly group: number;
  readonly token: number;
  readonly length: number;
  readonly weight: number;
};

export type HitFinder = (tokens: Tokens) => readonly TokenHit[];

/** Builds the finder for a query's groups. Hits come in the order of the text. */
export function createHitFinder(groups: readonly ScoredGroup[]): HitFinder {
  const single = new Map<string, { group: number; weight: number }>();
  const phrases = new Map<string, { group: number; stems: readonly string[]; weight: number }[]>();
  groups.forEach(({ variants }, group) => {
    for (const { stems, weight } of variants) {
      const [first] = stems;
      if (first === undefined) continue;
      if (stems.length > 1) {
        phrases.set(first, [...(phrases.get(first) ?? []), { group, stems, weight }]);
      } else if ((single.get(first)?.weight ?? 0) < weight) {
        single.set(first, { group, weight });
      }
    }
  });
  const typed = groups.flatMap(({ prefix }, group) => (prefix === null ? [] : [{ group, prefix }]));

  function singleAt(token: Token): { group: number; weight: number } | undefined {
    const known = single.get(token.stem);
    if (known !== undefined) return known;
    const typing = typed.find(({ prefix }) => token.word.startsWith(prefix));
    return typing === undefined ? undefined : { group: typing.group, weight: 0.6 };
  }

  return ({ tokens }) => {
    const hits: TokenHit[] = [];
    tokens.forEach((token, index) => {
      for (const { group, stems, weight } of phrases.get(token.stem) ?? []) {
        const stands = stems.every((stem, offset) => tokens[index + offset]?.stem === stem);
        if (stands) hits.push({ group, token: index, length: stems.length, weight });
      }
      const hit = singleAt(token);
      if (hit !== undefined) hits.push({ ...hit, token: index, length: 1 });
    });
    return hits;
  };
}
