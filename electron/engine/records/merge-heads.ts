/** The one text to show for a text that has several heads. */
import type { ChangeId, RecordId } from "#shared/domain/ids.ts";
import { mergeTexts } from "#shared/domain/merge-text.ts";
import { byWinner, type Head } from "#shared/domain/record-state.ts";
import type { Readable } from "../db/database.ts";
import { type TextReader, versionsOf } from "./text-versions.ts";

export type ShownText = {
  readonly text: string;
  /** `one`: as somebody wrote it; `merged`: by machine; `conflict`: the winner's, others apart. */
  readonly kind: "one" | "merged" | "conflict";
};

type Question = {
  readonly db: Readable;
  readonly record: RecordId;
  readonly path: string;
  readonly heads: readonly Head[];
  readonly reader: TextReader;
};

/**
 * Merges the heads from the oldest to the newest, each with what came out so far, over their lowest
 * common ancestor. Where two overlap, the winner's text is shown as it is. The order of the heads
 * decides, so every device shows the same.
 */
export function shownText({ db, record, path, heads, reader }: Question): ShownText {
  const [winner, ...rest] = heads.toSorted(byWinner);
  if (winner === undefined) return { text: "", kind: "one" };
  const winnersText = reader.textOf(path, winner.change);
  if (rest.length === 0) return { text: winnersText, kind: "one" };
  const graph = readGraph(db, record, path);
  const [oldest, ...newer] = [winner, ...rest].toReversed();
  if (oldest === undefined) return { text: winnersText, kind: "one" };
  let text = reader.textOf(path, oldest.change);
  const merged = [oldest.change];
  for (const head of newer) {
    const base = lowestCommon(graph, merged, head.change);
    const baseText = base === undefined ? "" : reader.textOf(path, base);
    const result = mergeTexts(baseText, text, reader.textOf(path, head.change));
    if (!result.clean) return { text: winnersText, kind: "conflict" };
    ({ text } = result);
    merged.push(head.change);
  }
  return { text, kind: "merged" };
}

/** What all of the heads were made from; "" where they have nothing in common. */
export function commonText({ db, record, path, heads, reader }: Question): string {
  const [first, ...rest] = heads.map(({ change }) => change);
  if (first === undefined) return "";
  const graph = readGraph(db, record, path);
  const shared = rest.reduce<ChangeId | undefined>(
    (base, head) => base && lowestCommon(graph, [base], head),
    first,
  );
  return shared === undefined ? "" : reader.textOf(path, shared);
}

type Node = Head & { readonly parents: readonly ChangeId[] };
type Graph = ReadonlyMap<ChangeId, Node>;

function readGraph(db: Readable, record: RecordId, path: string): Graph {
  const nodes = versionsOf(db)
    .all(record, path)
    .map((row): readonly [ChangeId, Node] => {
      const parents: readonly ChangeId[] = JSON.parse(row.parents);
      return [row.change_id, { change: row.change_id, at: row.at, parents }];
    });
  return new Map(nodes);
}

/** The winner among the common ancestors that are not ancestors of another one. */
function lowestCommon(
  graph: Graph,
  ones: readonly ChangeId[],
  other: ChangeId,
): ChangeId | undefined {
  const left = ancestors(graph, ones);
  const common = [...ancestors(graph, [other])].filter((change) => left.has(change));
  const above = ancestors(
    graph,
    common.flatMap((change) => graph.get(change)?.parents ?? []),
  );
  const lowest = common.filter((change) => !above.has(change));
  const nodes = lowest.flatMap((change) => graph.get(change) ?? []);
  return nodes.toSorted(byWinner)[0]?.change;
}

/** The given versions and everything they were made from. */
function ancestors(graph: Graph, from: readonly ChangeId[]): ReadonlySet<ChangeId> {
  const seen = new Set<ChangeId>();
  const open = [...from];
  for (let change = open.pop(); change !== undefined; change = open.pop()) {
    if (seen.has(change)) continue;
    seen.add(change);
    open.push(...(graph.get(change)?.parents ?? []));
  }
  return seen;
}
