/** Pure work on texts: merging and comparing, by the length of the text. */
import { mergeTexts } from "#shared/domain/merge-text.ts";
import { wordDiff } from "#shared/domain/word-diff.ts";
import { randomFrom } from "#test/support/generate-corpus.ts";
import { corpus, seed } from "./handbook.ts";
import { spread, timedCalls } from "./measure.ts";
import type { Row } from "./row.ts";

export async function benchTexts(): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const [name, length] of [
    ["2 KB", 2000],
    ["200 KB", 200_000],
  ] as const) {
    const random = randomFrom(seed);
    const base = textOf(length);
    const edited = () => withEdits(base, random);
    const sides = Array.from({ length: 50 }, () => [edited(), edited()] as const);
    const pick = (index: number) => sides[index % sides.length] ?? [base, base];
    rows.push(
      ...spread(
        `three-way merge of ${name}`,
        await timedCalls(100, (index) => mergeTexts(base, ...pick(index))),
      ),
      ...spread(`word diff of ${name}`, await timedCalls(100, (index) => wordDiff(...pick(index)))),
    );
  }
  return rows;
}

function textOf(length: number): string {
  let text = "";
  for (let index = 0; text.length < length; index += 1) text += corpus.record(index).body;
  return text.slice(0, length);
}

/** Five words somewhere replaced by others. */
function withEdits(text: string, random: () => number): string {
  const words = text.split(" ");
  for (let edit = 0; edit < 5; edit += 1) {
    words[Math.floor(random() * words.length)] = `edit-${Math.floor(random() * 1e6)}`;
  }
  return words.join(" ");
}
