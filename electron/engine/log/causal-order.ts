/** Orders changes so that each comes after the ones it names, whatever the clocks say. */
import { type Change, namedBy } from "#shared/domain/change.ts";
import type { ChangeId } from "#shared/domain/ids.ts";

type Node = {
  readonly change: Change;
  /** How many of the changes it waits for have not been placed yet. */
  waiting: number;
  readonly followers: Node[];
};

/**
 * The one order that every device agrees on: a change after the ones it names and after the earlier
 * ones of its device; among those that are free, the earlier clock first, then the lesser id. What is
 * named but not given (a change that has not come yet) holds nothing up. Copies of a device that each
 * knew of the other's work can make a circle of the two rules: then only what is named counts.
 */
export function causalOrder(changes: readonly Change[]): readonly Change[] {
  if (changes.length < 2) return changes;
  const inTime = changes.toSorted(byClock);
  if (isCausal(inTime)) return inTime;
  const ordered = placed(connect(changes, streamsAndNames));
  if (ordered.length === changes.length) return ordered;
  const byName = placed(connect(changes, names));
  if (byName.length === changes.length) return byName;
  // Changes that name each other in a circle were never written by this app. They come last.
  const there = new Set(byName);
  const left = changes.filter((change) => !there.has(change));
  return [...byName, ...left.toSorted(byClock)];
}

/**
 * Whether no change comes before one that it has to follow. Of changes in order of the clock, as
 * almost all are, the first is then always free, so that they are in the one order already.
 */
function isCausal(changes: readonly Change[]): boolean {
  const all = new Set(changes.map((change) => change.id));
  const before = new Set<ChangeId>();
  const streams = new Map<string, Change>();
  return changes.every((change) => {
    const stream = `${change.device}-${change.incarnation}`;
    const last = streams.get(stream);
    streams.set(stream, change);
    const follows = last === undefined || byPlace(last, change) < 0;
    const knows = namedBy(change).every((id) => before.has(id) || !all.has(id));
    before.add(change.id);
    return follows && knows;
  });
}

function placed(nodes: readonly Node[]): readonly Change[] {
  const free = nodes.filter((node) => node.waiting === 0).toSorted(byClockOf);
  const ordered: Change[] = [];
  for (let next = free.shift(); next !== undefined; next = free.shift()) {
    ordered.push(next.change);
    for (const follower of next.followers) {
      follower.waiting -= 1;
      if (follower.waiting === 0) insert(free, follower);
    }
  }
  return ordered;
}

type Rules = { readonly streams: boolean };
const streamsAndNames: Rules = { streams: true };
const names: Rules = { streams: false };

function connect(changes: readonly Change[], { streams: follows }: Rules): readonly Node[] {
  const nodes = changes.map((change): Node => ({ change, waiting: 0, followers: [] }));
  const byId = new Map(nodes.map((node) => [node.change.id, node]));
  for (const node of nodes) {
    for (const named of new Set(namedBy(node.change))) follow(byId.get(named), node);
  }
  if (!follows) return nodes;
  const streams = Map.groupBy(nodes, ({ change }) => `${change.device}-${change.incarnation}`);
  for (const stream of streams.values()) {
    const inSequence = stream.toSorted((a, b) => byPlace(a.change, b.change));
    for (const [index, node] of inSequence.entries()) follow(inSequence[index - 1], node);
  }
  return nodes;
}

function follow(before: Node | undefined, after: Node): void {
  if (before === undefined || before === after) return;
  before.followers.push(after);
  after.waiting += 1;
}

/** Keeps the free ones in order of the clock; the right place is found by halving. */
function insert(free: Node[], node: Node): void {
  let low = 0;
  let high = free.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const there = free[middle];
    if (there !== undefined && byClockOf(there, node) < 0) low = middle + 1;
    else high = middle;
  }
  free.splice(low, 0, node);
}

function byPlace(a: Change, b: Change): number {
  return a.sequence - b.sequence || (a.id < b.id ? -1 : 1);
}

function byClockOf(a: Node, b: Node): number {
  return byClock(a.change, b.change);
}

function byClock(a: Change, b: Change): number {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}
