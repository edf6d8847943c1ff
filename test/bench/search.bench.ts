/**
 * Search in the engine by kind of query and number of records: a generated workspace, queries drawn
 * from its own words, the answer with its 20 snippets and without the window.
 */
import { statSync } from "node:fs";
import type { Search } from "#engine/search/create-search.ts";
import {
  generateCorpus,
  generateProjected,
  randomFrom,
  zipf,
} from "#test/support/generate-corpus.ts";
import { createSearchBed, type SearchBed } from "#test/support/search-bed.ts";
import type { BenchOptions } from "./bench.ts";
import { percentile, type Row } from "./row.ts";

/** Queries of each kind. */
const queries = 100;

const seed = 20_260_105;

/** Builds each size and times every kind of query; one row each for p50 and p95. */
export async function benchSearch({ size: only }: BenchOptions): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const size of only === undefined ? [1000, 10_000, 100_000] : [only]) {
    using bed = await createSearchBed();
    rows.push(...(await build(bed, size)));
    rows.push(...(await timeQueries(bed, size, queries)));
  }
  return rows;
}

async function build(bed: SearchBed, size: number): Promise<readonly Row[]> {
  const corpus = generateCorpus({ seed });
  const started = performance.now();
  const cpu = process.cpuUsage();
  await bed.databases.queue.run((db) => {
    for (const record of generateProjected(corpus, size)) {
      bed.search.projector.project(db, record);
      for (const _ of bed.search.projector.relieve?.(db) ?? []);
    }
    for (const _ of bed.search.projector.finish?.(db) ?? []);
  });
  const { user, system } = process.cpuUsage(cpu);
  const first = performance.now();
  await bed.search.handlers.query(query(corpus.words[300] ?? ""));
  const bytes = statSync(bed.databases.files.workspace).size;
  return [
    { name: `search ${size}: index`, value: first - started, unit: "ms" },
    { name: `search ${size}: index, CPU`, value: (user + system) / 1000, unit: "ms" },
    { name: `search ${size}: first question`, value: performance.now() - first, unit: "ms" },
    { name: `search ${size}: on disk`, value: bytes / 1e6, unit: "MB" },
  ];
}

async function timeQueries(bed: SearchBed, size: number, count: number): Promise<readonly Row[]> {
  const { words } = generateCorpus({ seed });
  const random = randomFrom(seed);
  const word = () => words[zipf(random(), words.length)] ?? "";
  const several = (amount: number) => Array.from({ length: amount }, word).join(" ");
  const misspelt = (text: string) => `${text.slice(0, 2)}${text.slice(3)}q`;
  const targets: Readonly<Record<number, number>> = { 10_000: 15, 100_000: 60 };
  const kinds: readonly (readonly [
    name: string,
    texts: readonly string[],
    target?: number | undefined,
  ])[] = [
    ["one word", times(count, () => `${word()} `), targets[size]],
    ["two words", times(count, () => `${several(2)} `), targets[size]],
    ["five words", times(count, () => `${several(5)} `), targets[size]],
    ["common words", words.slice(0, count).map((one) => `${one} `), targets[size]],
    ["phrases", times(count, () => `"${several(2)}"`), targets[size]],
    ["single letters", "abcdefghijklmnopqrstuvwxyz".split("")],
    ["typing", times(Math.ceil(count / 10), () => several(2)).flatMap(typing)],
    [
      "misspelt",
      times(count, () => `${misspelt(words[2000 + Math.floor(random() * 5000)] ?? "")} `),
    ],
    ["filtered", times(count, () => `${word()} type:lesson department:"Department 3" `)],
  ];
  const rows: Row[] = [];
  for (const [name, texts, target] of kinds) {
    rows.push(...(await timed(`search ${size}: ${name}`, texts, { search: bed.search, target })));
  }
  const switcher = typing(several(2)).map((text) => ({
    text,
    kind: "records" as const,
    limit: 12,
  }));
  const spent: number[] = [];
  for (const input of switcher) {
    const started = performance.now();
    await bed.search.handlers.switcher(input);
    spent.push(performance.now() - started);
  }
  const titles = times(count, () => ({ type: "playbook", title: several(4), body: several(120) }));
  const compared: number[] = [];
  for (const input of titles) {
    const started = performance.now();
    await bed.search.similar(input);
    compared.push(performance.now() - started);
  }
  return [
    ...rows,
    ...percentiles(`search ${size}: switcher`, spent, undefined),
    ...percentiles(`search ${size}: similar records`, compared, size === 10_000 ? 20 : undefined),
  ];
}

async function timed(
  name: string,
  texts: readonly string[],
  how: { readonly search: Search; readonly target: number | undefined },
): Promise<readonly Row[]> {
  const spent: number[] = [];
  const cpu = process.cpuUsage();
  for (const text of texts) {
    const started = performance.now();
    await how.search.handlers.query(query(text));
    spent.push(performance.now() - started);
  }
  const { user, system } = process.cpuUsage(cpu);
  const mean = { name: `${name}, CPU`, value: (user + system) / 1000 / texts.length, unit: "ms" };
  return [...percentiles(name, spent, how.target), mean];
}

function percentiles(
  name: string,
  spent: readonly number[],
  target: number | undefined,
): readonly Row[] {
  const p95: Row = { name: `${name}, p95`, value: percentile(spent, 0.95), unit: "ms" };
  return [
    { name: `${name}, p50`, value: percentile(spent, 0.5), unit: "ms" },
    target === undefined ? p95 : { ...p95, target: { atMost: target } },
  ];
}

function query(text: string) {
  return { text, sort: "relevance" as const, offset: 0, limit: 20, facets: false };
}

/** What a search field holds after each key. */
function typing(text: string): readonly string[] {
  return Array.from({ length: text.length }, (_, index) => text.slice(0, index + 1));
}

function times<T>(count: number, make: () => T): readonly T[] {
  return Array.from({ length: count }, make);
}
