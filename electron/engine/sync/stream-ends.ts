/**
 * How far each stream is here without a gap from its first change on. Segments may come in any order;
 * one that fills a gap joins what was waiting behind it. A stream that forked has an end for each
 * branch.
 */
import type { Readable, Writable } from "../db/database.ts";
import { sameChain } from "../log/chain.ts";
import * as rows from "./segment-rows.ts";
import type { Signed, Unpacked } from "./verify-segment.ts";

type Come = {
  readonly unpacked: readonly Unpacked[];
  /** Whether the log had the change with this chain before. */
  readonly isHere: (sequence: number, chain: Uint8Array) => boolean;
};

/** Brings the ends up to date with a segment whose changes were just stored. */
export function extendEnds(db: Writable, signed: Signed, come: Come): void {
  const { dev: device, inc: incarnation, first, last } = signed.segment.fields;
  const ends = rows.endsOfStream(db).all(device, incarnation);
  const chainAt = (sequence: number) =>
    sequence === first - 1 ? signed.prev : come.unpacked[sequence - first]?.chain;
  const follows = (end: rows.EndRow) => {
    const chain = end.sequence < last ? chainAt(end.sequence) : undefined;
    return chain !== undefined && sameChain(chain, end.chain);
  };
  const before = ends.filter(follows);
  const branches = before.length === 0 && branchesOff(signed, { ...come, ends });
  if (before.length === 0 && !branches) return;
  for (const end of before) rows.deleteEnd(db).run(end);
  let end: rows.EndRow = { device, incarnation, sequence: last, chain: signed.end };
  for (let next = nextAfter(db, end); next !== undefined; next = nextAfter(db, end)) end = next;
  rows.insertEnd(db).run(end);
}

/** Whether it begins at the beginning, or leaves a branch before the branch's end. */
function branchesOff(
  { prev, segment }: Signed,
  { unpacked, isHere, ends }: Come & { readonly ends: readonly rows.EndRow[] },
): boolean {
  const { first } = segment.fields;
  if (first === 1) return true;
  const reach = Math.max(0, ...ends.map((end) => end.sequence));
  if (first - 1 <= reach && isHere(first - 1, prev)) return true;
  return unpacked.some(
    ({ change, chain }) => change.sequence <= reach && isHere(change.sequence, chain),
  );
}

/** The end of a segment that was waiting for this end. */
function nextAfter(db: Readable, end: rows.EndRow): rows.EndRow | undefined {
  const { device, incarnation, sequence, chain } = end;
  const waiting = rows
    .segmentsAround(db)
    .all(device, incarnation, sequence + 1, sequence + 1)
    .filter((row) => row.held === 0);
  const [farthest] = waiting
    .filter((row) =>
      row.first === sequence + 1
        ? sameChain(row.prev, chain)
        : rows.chainsAtPlace(db).all(device, incarnation, sequence).length === 1,
    )
    .toSorted((a, b) => b.last - a.last);
  return farthest && { ...end, sequence: farthest.last, chain: farthest.end };
}
