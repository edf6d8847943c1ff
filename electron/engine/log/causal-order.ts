/** Orders changes so that each comes after the ones it names, whatever the clocks say. */
import { type Change, isKnownWrite } from "#shared/domain/change.ts";
import type { ChangeId } from "#shared/domain/ids.ts";

/** The changes that a change's writes say they saw. */
export function namedBy(change: Change): readonly ChangeId[] {
  return change.writes.filter(isKnownWrite).flatMap((write) => {
    if (write.kind !== "members") return write.after;
    return write.remove.flatMap((removal) => removal.additions);
  });
}

type Node = {
  readonly change: Change;
  /** How many of the changes it waits for have not been placed yet. */
  waiting: number;
  readonly followers: Node[];
};

/**
 * The one order that every device agrees on: a change after the ones it names and after the
 * earlier ones of its device; among those that are free, the earlier clock first, then the lesser
 * id. What is named but not given (a change of another record) holds nothing up.
 */
export function causalOrder(changes: readonly Change[]): readonly Change[] {
  if (changes.length < 2) return changes;
  const nodes = connect(changes);
  const free = nodes.filter((node) => node.waiting === 0).toSorted(byClock);
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

function connect(changes: readonly Change[]): readonly Node[] {
  const nodes = changes.map((change): Node => ({ change, waiting: 0, followers: [] }));
  const byId = new Map(nodes.map((node) => [node.change.id, node]));
  for (const node of nodes) {
    for (const named of new Set(namedBy(node.change))) follow(byId.get(named), node);
  }
  const streams = Map.groupBy(nodes, ({ change }) => `${change.device}-${change.incarnation}`);
  for (const stream of streams.values()) {
    const inSequence = stream.toSorted((a, b) => a.change.sequence - b.change.sequence);
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
    if (there !== undefined && byClock(there, node) < 0) low = middle + 1;
    else high = middle;
  }
  free.splice(low, 0, node);
}

function byClock(a: Node, b: Node): number {
  if (a.change.at !== b.change.at) return a.change.at < b.change.at ? -1 : 1;
  return a.change.id < b.change.id ? -1 : 1;
}
