/** The figures as tables, and those that have a target beside it. */
import { formatTable, type Row } from "#test/bench/row.ts";
import { type EngineName, fastRival, ours } from "./engines/engines.ts";
import { mean } from "./measures.ts";
import type { RelevanceResult, SpeedResult } from "./result.ts";
import { keystrokeKinds } from "./speed.ts";

/** One line for each engine and collection. */
export function relevanceTable(results: readonly RelevanceResult[]): string {
  const head =
    "collection|engine|nDCG@10|misspelt|recall@10|misspelt|empty|misspelt|typing: right|empty|p50 ms|p95|p99|build s|heap MB|index MB";
  const lines = results.map(({ engine, collection, measured: m }) => [
    collection,
    engine,
    ...[m.ndcg, m.misspeltNdcg, m.recall, m.misspeltRecall].map((value) => value.toFixed(3)),
    ...[m.empty, m.misspeltEmpty, m.typingFound, m.typingEmpty].map(percent),
    ...[m.p50, m.p95, m.p99, m.buildSeconds].map((value) => value.toFixed(1)),
    m.heap.toFixed(0),
    m.size?.toFixed(1) ?? "–",
  ]);
  return formatTable([head.split("|"), ...lines]);
}

/** One line for each engine and size: p95 by kind of question. */
export function speedTable(results: readonly SpeedResult[]): string {
  const [first] = results;
  if (first === undefined) return "";
  const kinds = Object.keys(first.measured.kinds);
  const head = ["documents", "engine", ...kinds.map((kind) => `${kind}, p95 ms`), "build s"];
  const lines = results.map(({ engine, size, measured }) => [
    String(size),
    engine,
    ...kinds.map((kind) => measured.kinds[kind]?.p95.toFixed(1) ?? ""),
    measured.buildSeconds.toFixed(1),
    measured.heap.toFixed(0),
    measured.mostMemory.toFixed(0),
    measured.size?.toFixed(1) ?? "–",
  ]);
  return formatTable([[...head, "heap MB", "most MB", "index MB"], ...lines]);
}

function percent(value: number): string {
  return Number.isNaN(value) ? "–" : `${(value * 100).toFixed(1)} %`;
}

/** What is promised of relevance; nothing where ours or every other engine was left out. */
export function relevanceTargets(results: readonly RelevanceResult[]): readonly Row[] {
  const own = results.filter(({ engine }) => engine === ours);
  const others = Map.groupBy(
    results.filter(({ engine }) => engine !== ours),
    ({ engine }) => engine,
  );
  if (own.length === 0 || others.size === 0) return [];
  const meanOf = (all: readonly RelevanceResult[], part: "ndcg" | "misspeltNdcg") =>
    mean(all.map(({ measured }) => measured[part]));
  const bestMean = Math.max(...[...others.values()].map((all) => meanOf(all, "ndcg")));
  const least = Math.min(
    ...own.map(({ collection, measured }) => {
      const there = results.filter((one) => one.collection === collection && one.engine !== ours);
      return measured.ndcg / Math.max(...there.map((one) => one.measured.ndcg));
    }),
  );
  const lunr = others.get("lunr" satisfies EngineName) ?? [];
  const typed = own.filter(({ measured }) => !Number.isNaN(measured.typingFound));
  return [
    row("mean nDCG@10 to the best other engine's", meanOf(own, "ndcg") / bestMean, 1.05),
    row("nDCG@10 to the best there, at the least", least, 0.98),
    row("misspelt to clean nDCG@10", meanOf(own, "misspeltNdcg") / meanOf(own, "ndcg"), 0.97),
    ...(lunr.length === 0
      ? []
      : [
          row(
            "misspelt nDCG@10 to lunr's",
            meanOf(own, "misspeltNdcg") / meanOf(lunr, "misspeltNdcg"),
            1.17,
          ),
        ]),
    {
      name: "misspelt questions without a result",
      value: mean(own.map(({ measured }) => measured.misspeltEmpty)) * 100,
      unit: "%",
      target: { atMost: 1 },
    },
    ...typed.map(({ collection, measured }) => ({
      name: `right page while typing, ${collection}`,
      value: measured.typingFound * 100,
      unit: "%",
      target: { atLeast: 55 },
    })),
  ];
}

function row(name: string, value: number, atLeast: number): Row {
  return { name, value, unit: "times", target: { atLeast } };
}

/**
 * What is promised of speed. Ratios of answers are by the clock, as somebody waits for them: V8 compiles and
 * tidies up in other threads, whose time comes and goes from run to run. A build's is processor time.
 */
export function speedTargets(results: readonly SpeedResult[]): readonly Row[] {
  const own = results.filter(({ engine }) => engine === ours);
  const smallest = own.find(({ size }) => size === 1000);
  return own.flatMap((result) => {
    const rival = results.find((one) => one.engine === fastRival && one.size === result.size);
    const rows = [
      ...Object.keys(result.measured.kinds).flatMap((kind) =>
        kindRows(kind, { own: result, rival, smallest }),
      ),
      ...costRows(result, rival),
    ];
    // Promises are about so many documents; of fewer, the figures are told.
    return result.size === 100_000
      ? rows
      : rows.map(({ name, value, unit }) => ({ name, value, unit }));
  });
}

type Compared = {
  readonly own: SpeedResult;
  readonly rival: SpeedResult | undefined;
  readonly smallest: SpeedResult | undefined;
};

function kindRows(kind: string, { own, rival, smallest }: Compared): readonly Row[] {
  const times = own.measured.kinds[kind];
  if (times === undefined) return [];
  const typing = keystrokeKinds.includes(kind);
  const at = `${own.size} documents: ${kind}`;
  const ratio = (other: SpeedResult | undefined) =>
    (other?.measured.kinds[kind]?.p95 ?? Number.NaN) / times.p95;
  const rows: Row[] = [
    { name: `${at}, p95`, value: times.p95, unit: "ms", target: { atMost: typing ? 8 : 5 } },
    { name: `${at}, p95 of processor time`, value: times.processorP95, unit: "ms" },
  ];
  if (rival !== undefined) {
    const target = { atLeast: typing ? 40 : 10 };
    rows.push({ name: `${at}, times as fast as FTS5`, value: ratio(rival), unit: "times", target });
  }
  if (smallest !== undefined && smallest !== own) {
    const name = `${at}, growth from ${smallest.size}`;
    rows.push({ name, value: 1 / ratio(smallest), unit: "times", target: { atMost: 3 } });
  }
  return rows;
}

function costRows({ size, measured }: SpeedResult, rival: SpeedResult | undefined): readonly Row[] {
  const { change, reopen } = measured;
  const at = (name: string) => `${size} documents: ${name}`;
  const row = (name: string, value: number, more: Omit<Row, "name" | "value">): Row => {
    return { name: at(name), value, ...more };
  };
  return [
    ...(rival === undefined
      ? []
      : [
          row(
            "building, processor time to FTS5's",
            measured.buildProcessorSeconds / rival.measured.buildProcessorSeconds,
            { unit: "times", target: { atMost: 2 } },
          ),
        ]),
    ...(reopen === null
      ? []
      : [row("opening and a first question", reopen.p50, { unit: "ms", target: { atMost: 500 } })]),
    ...(change === null
      ? []
      : [
          row("one changed document", change.p50, { unit: "ms", target: { atMost: 5 } }),
          row("one changed document, p95 of processor time", change.processorP95, { unit: "ms" }),
        ]),
    row("memory", measured.heap, { unit: "MB", target: { atMost: 150 } }),
    row("memory while building", measured.mostMemory, { unit: "MB", target: { atMost: 150 } }),
    row("index", measured.size ?? Number.NaN, { unit: "MB" }),
  ];
}
