/** How well one engine finds in one judged collection, clean, misspelt and key by key. */
import type { Collection } from "./judged.ts";
import type { BuiltEngine, Engine } from "./engines/engine.ts";
import { built, type Cost } from "./built.ts";
import { mean, ndcg, recall } from "./measures.ts";
import { percentile } from "#test/bench/row.ts";

export type Relevance = Cost & {
  readonly ndcg: number;
  readonly recall: number;
  /** Shares of questions without a result. */
  readonly empty: number;
  readonly misspeltNdcg: number;
  readonly misspeltRecall: number;
  readonly misspeltEmpty: number;
  /** Share of keystrokes, from the third on, after which a right page is among the first ten. */
  readonly typingFound: number;
  readonly typingEmpty: number;
  /** Milliseconds for a finished question. */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
};

/** Questions that are typed key by key. */
const typedQuestions = 40;
const longestTyped = 60;
/** A slow engine is asked no more keys than this lasts, in milliseconds. */
const typingPatience = 20_000;

/** Builds the engine over the collection and asks everything. */
export async function measureRelevance(engine: Engine, collection: Collection): Promise<Relevance> {
  const { value: index, cost } = await built(engine, collection.documents);
  using _ = index;
  const clean = await judge(index, collection, collection.questions);
  const misspelt: Judged[] = [];
  for (const texts of collection.misspelt) misspelt.push(await judge(index, collection, texts));
  const times = clean.times;
  return {
    ...cost,
    ndcg: clean.ndcg,
    recall: clean.recall,
    empty: clean.empty,
    misspeltNdcg: mean(misspelt.map((one) => one.ndcg)),
    misspeltRecall: mean(misspelt.map((one) => one.recall)),
    misspeltEmpty: mean(misspelt.map((one) => one.empty)),
    ...(await judgeTyping(index, collection)),
    p50: percentile(times, 0.5),
    p95: percentile(times, 0.95),
    p99: percentile(times, 0.99),
  };
}

type Judged = {
  readonly ndcg: number;
  readonly recall: number;
  readonly empty: number;
  readonly times: readonly number[];
};

async function judge(
  index: BuiltEngine,
  { answers }: Collection,
  texts: ReadonlyMap<string, string>,
): Promise<Judged> {
  const found: { ndcg: number; recall: number; empty: number; time: number }[] = [];
  for (const [question, relevance] of answers) {
    const text = texts.get(question);
    if (text === undefined || relevance.size === 0) continue;
    const started = performance.now();
    const results = await index.find(text);
    const time = performance.now() - started;
    found.push({
      ndcg: ndcg(results, relevance),
      recall: recall(results, relevance),
      empty: results.length === 0 ? 1 : 0,
      time,
    });
  }
  const meanOf = (part: "ndcg" | "recall" | "empty") => mean(found.map((one) => one[part]));
  return {
    ndcg: meanOf("ndcg"),
    recall: meanOf("recall"),
    empty: meanOf("empty"),
    times: found.map(({ time }) => time),
  };
}

async function judgeTyping(
  index: BuiltEngine,
  { answers, questions }: Collection,
): Promise<{ readonly typingFound: number; readonly typingEmpty: number }> {
  let keys = 0;
  let found = 0;
  let empty = 0;
  const short = [...answers].filter(([question]) => {
    const length = questions.get(question)?.length ?? 0;
    return length >= 3 && length <= longestTyped;
  });
  const end = performance.now() + typingPatience;
  for (const [question, relevance] of short.slice(0, typedQuestions)) {
    if (performance.now() > end) break;
    const text = questions.get(question) ?? "";
    for (let length = 3; length <= text.length; length += 1) {
      const results = await index.typing(text.slice(0, length));
      keys += 1;
      if (results.length === 0) empty += 1;
      if (results.slice(0, 10).some((id) => (relevance.get(id) ?? 0) > 0)) found += 1;
    }
  }
  const share = (count: number) => (keys === 0 ? Number.NaN : count / keys);
  return { typingFound: share(found), typingEmpty: share(empty) };
}
