/** How fast one engine answers each kind of question among generated documents. */
import { generateCorpus, randomFrom, zipf } from "#test/support/generate-corpus.ts";
import { percentile } from "#test/bench/row.ts";
import type { Document } from "./judged.ts";
import process from "node:process";
import type { Engine } from "./engines/engine.ts";
import { built, type Cost } from "./built.ts";

/** Milliseconds by kind of question; `asked` is less than wanted where an engine took too long. */
export type Times = {
  readonly asked: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  /** Of the processor's time, which other work beside it makes little longer. */
  readonly processorP95: number;
};
export type Speed = Cost & {
  readonly kinds: Readonly<Record<string, Times>>;
  /** Of one document that is written anew, until it is found as it is; null where it cannot be. */
  readonly change: Times | null;
  /** Of opening what was written, with a first question; null likewise. */
  readonly reopen: Times | null;
};

const seed = 20_260_105;
const questions = 100;
/** Questions of each kind before those that are timed, with other words. */
const warmUp = 40;
/** A slow engine answers only as many questions of each kind as this lasts, in milliseconds. */
const patience = 8000;

/** The kinds of questions while the last word is being typed; all others are finished. */
export const keystrokeKinds: readonly string[] = ["single letters", "typing"];

/** Documents that are made for nothing first. */
const madeBefore = 10_000;
/** How many documents are written anew, and how often it is opened. */
const changes = 40;
const openings = 3;

/** Builds the engine over so many documents and asks every kind. */
export async function measureSpeed(engine: Engine, size: number): Promise<Speed> {
  // What making documents takes is no engine's: it is there before memory is looked at.
  for (const _ of documents(0, Math.min(size, madeBefore)));
  const { value: index, cost } = await built(engine, documents(0, size));
  using _ = index;
  const { change, reopen } = index;
  const changed = [...documents(size, 2 * changes)].map(({ title, body }, at) => {
    return { id: String((at * 9973) % size), title, body };
  });
  // Opened before it is warm: what is measured is the first question of a day.
  const opened =
    reopen &&
    (await timesOf(
      reopen,
      Array.from({ length: openings }, () => "first"),
    ));
  const kinds: Record<string, Times> = {};
  const askFor = (kind: string) => (keystrokeKinds.includes(kind) ? index.typing : index.find);
  await timesOf(({ kind, text }) => askFor(kind)(text), warmingQuestions());
  for (const [kind, texts] of Object.entries(kindsOfQuestions(seed))) {
    kinds[kind] = await timesOf(askFor(kind), texts);
  }
  if (change !== undefined) await timesOf(change, changed.slice(changes));
  const written = change && (await timesOf(change, changed.slice(0, changes)));
  return { ...cost, kinds, change: written ?? null, reopen: opened ?? null };
}

async function timesOf<Asked>(
  ask: (asked: Asked) => unknown,
  all: readonly Asked[],
): Promise<Times> {
  const spent: number[] = [];
  const worked: number[] = [];
  const end = performance.now() + patience;
  for (const asked of all) {
    const processor = process.cpuUsage();
    const started = performance.now();
    await ask(asked);
    spent.push(performance.now() - started);
    const { user, system } = process.cpuUsage(processor);
    worked.push((user + system) / 1000);
    if (performance.now() > end) break;
  }
  return {
    asked: spent.length,
    p50: percentile(spent, 0.5),
    p95: percentile(spent, 0.95),
    p99: percentile(spent, 0.99),
    processorP95: percentile(worked, 0.95),
  };
}

function* documents(from: number, count: number): Iterable<Document> {
  const corpus = generateCorpus({ seed });
  for (let index = from; index < from + count; index += 1) {
    const { title, body } = corpus.record(index);
    yield { id: String(index), title, body };
  }
}

/** One of each kind after another, so that an engine that is slow has met them all. */
function warmingQuestions(): readonly { readonly kind: string; readonly text: string }[] {
  // Letters and common words are the same whatever is drawn.
  const timed = new Set(Object.values(kindsOfQuestions(seed)).flat());
  const kinds = Object.entries(kindsOfQuestions(seed + 1)).map(
    ([kind, texts]) => [kind, texts.filter((text) => !timed.has(text))] as const,
  );
  return Array.from({ length: warmUp }, (_, index) =>
    kinds.flatMap(([kind, texts]) => {
      const text = texts[index];
      return text === undefined ? [] : [{ kind, text }];
    }),
  ).flat();
}

function kindsOfQuestions(draw: number): Readonly<Record<string, readonly string[]>> {
  const { words } = generateCorpus({ seed });
  const random = randomFrom(draw);
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
