/** How fast one engine answers each kind of question among generated documents. */
import { generateCorpus, randomFrom, zipf } from "#test/support/generate-corpus.ts";
import { percentile } from "#test/bench/row.ts";
import type { Document } from "./judged.ts";
import type { Engine } from "./engines/engine.ts";
import { built, type Cost } from "./built.ts";

/** Milliseconds by kind of question; `asked` is less than wanted where an engine took too long. */
export type Times = {
  readonly asked: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
};
export type Speed = Cost & { readonly kinds: Readonly<Record<string, Times>> };

const seed = 20_260_105;
const questions = 100;
/** A slow engine answers only as many questions of each kind as this lasts, in milliseconds. */
const patience = 8000;

/** The kinds of questions while the last word is being typed; all others are finished. */
export const keystrokeKinds: readonly string[] = ["single letters", "typing"];

/** Builds the engine over so many documents and asks every kind. */
export async function measureSpeed(engine: Engine, size: number): Promise<Speed> {
  const { value: index, cost } = await built(engine, documents(size));
  using _ = index;
  const kinds: Record<string, Times> = {};
  for (const [name, texts] of Object.entries(kindsOfQuestions())) {
    const ask = keystrokeKinds.includes(name) ? index.typing : index.find;
    kinds[name] = await timesOf(ask, texts);
  }
  return { ...cost, kinds };
}

async function timesOf(
  ask: (text: string) => Promise<readonly string[]> | readonly string[],
  texts: readonly string[],
): Promise<Times> {
  const spent: number[] = [];
  const end = performance.now() + patience;
  for (const text of texts) {
    const started = performance.now();
    await ask(text);
    spent.push(performance.now() - started);
    if (performance.now() > end) break;
  }
  return {
    asked: spent.length,
    p50: percentile(spent, 0.5),
    p95: percentile(spent, 0.95),
    p99: percentile(spent, 0.99),
  };
}

function* documents(size: number): Iterable<Document> {
  const corpus = generateCorpus({ seed });
  for (let index = 0; index < size; index += 1) {
    const { title, body } = corpus.record(index);
    yield { id: String(index), title, body };
  }
}

function kindsOfQuestions(): Readonly<Record<string, readonly string[]>> {
  const { words } = generateCorpus({ seed });
  const random = randomFrom(seed);
  const word = () => words[zipf(random(), words.length)] ?? "";
  const several = (count: number) => Array.from({ length: count }, word).join(" ");
  const times = (count: number, make: () => string) => Array.from({ length: count }, make);
  const misspelt = (text: string) => `${text.slice(0, 2)}${text.slice(3)}q`;
  return {
    "one word": times(questions, word),
    "two words": times(questions, () => several(2)),
    "five words": times(questions, () => several(5)),
    "common words": words.slice(0, questions),
    "one misspelt": times(questions, () => `${misspelt(word())} ${word()}`),
    "single letters": "abcdefghijklmnopqrstuvwxyz".split(""),
    typing: times(questions / 10, () => several(2)).flatMap((text) =>
      Array.from(text, (_, index) => text.slice(0, index + 1)),
    ),
  };
}
