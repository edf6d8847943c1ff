/** Which act was made in knowledge of which: the past of every act, as sets of bits. */
import type { ChangeId } from "../ids.ts";
import type { RosterAct } from "./act.ts";

/** Acts are named by their place in `acts`, in which each comes after the ones it knew. */
export type ActGraph = {
  readonly acts: readonly RosterAct[];
  /** Acts that name one that is not here: nobody can say yet what their authors stood for. */
  readonly waiting: readonly RosterAct[];
  /** Whether whoever made the later act knew the earlier one. */
  readonly isBefore: (earlier: number, later: number) => boolean;
  readonly areConcurrent: (one: number, other: number) => boolean;
};

type Node = { readonly act: RosterAct; readonly followers: Node[]; waiting: number };

/** Orders the acts. Any order of the same acts gives the same graph. */
export function createActGraph(given: readonly RosterAct[]): ActGraph {
  const nodes = connect(given);
  const acts = inOrder(nodes);
  const placed = new Set(acts);
  const pasts = pastsOf(acts);
  const isBefore = (earlier: number, later: number) =>
    (((pasts[later]?.[earlier >>> 5] ?? 0) >>> (earlier & 31)) & 1) === 1;
  return {
    acts,
    waiting: [...nodes.values()].map((node) => node.act).filter((act) => !placed.has(act)),
    isBefore,
    areConcurrent: (one, other) => one !== other && !isBefore(one, other) && !isBefore(other, one),
  };
}

function connect(given: readonly RosterAct[]): ReadonlyMap<ChangeId, Node> {
  const nodes = new Map<ChangeId, Node>();
  for (const act of given) nodes.set(act.id, { act, followers: [], waiting: 0 });
  for (const node of nodes.values()) {
    for (const id of new Set(node.act.after)) {
      // What is not here is waited for as well, and never placed.
      node.waiting += 1;
      nodes.get(id)?.followers.push(node);
    }
  }
  return nodes;
}

function inOrder(nodes: ReadonlyMap<ChangeId, Node>): readonly RosterAct[] {
  const free = [...nodes.values()].filter((node) => node.waiting === 0).toSorted(byClock);
  const acts: RosterAct[] = [];
  for (let next = free.shift(); next !== undefined; next = free.shift()) {
    acts.push(next.act);
    for (const follower of next.followers) {
      follower.waiting -= 1;
      if (follower.waiting > 0) continue;
      const at = free.findIndex((other) => byClock(other, follower) > 0);
      free.splice(at < 0 ? free.length : at, 0, follower);
    }
  }
  return acts;
}

function byClock({ act: a }: Node, { act: b }: Node): number {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

function pastsOf(acts: readonly RosterAct[]): readonly Uint32Array[] {
  const places = new Map(acts.map((act, place) => [act.id, place]));
  const pasts: Uint32Array[] = [];
  for (const [place, act] of acts.entries()) {
    const past = new Uint32Array((place >>> 5) + 1);
    for (const id of act.after) {
      const known = places.get(id);
      const before = known === undefined ? undefined : pasts[known];
      if (known === undefined || before === undefined) continue;
      for (const [word, bits] of before.entries()) past[word] = (past[word] ?? 0) | bits;
      past[known >>> 5] = (past[known >>> 5] ?? 0) | (1 << (known & 31));
    }
    pasts.push(past);
  }
  return pasts;
}
