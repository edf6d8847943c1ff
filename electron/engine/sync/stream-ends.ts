/**
 * How far each stream is here without a gap from its first change on. Segments may come in any order;
 * one that fills a gap joins what was waiting behind it. A stream that forked has an end for each
 * branch.
 */
import type { Readable, Writable } from "../db/database.ts";
import { statement } from "../db/statement.ts";
import type { Cryptography } from "../identity/cryptography.ts";
import { emptyChain, nextChain, sameChain } from "../log/chain.ts";
import * as rows from "./segment-rows.ts";
import type { Signed } from "./verify-segment.ts";

type Stream = { readonly device: string; readonly incarnation: number };

/**
 * Brings the ends up to date with a segment whose changes were just stored, of a stream that has one
 * branch only: then a place is all there is to know.
 */
export function extendEnd(db: Writable, signed: Signed): void {
  const { dev: device, inc: incarnation, first, last } = signed.segment.fields;
  const [end] = rows.endsOfStream(db).all(device, incarnation);
  const reach = end?.sequence ?? 0;
  if (first - 1 > reach || last <= reach) return;
  let [sequence, chain] = [last, signed.end];
  const behind = () => waitingAt(db, { device, incarnation }, sequence + 1);
  for (let row = behind(); row !== undefined; row = behind()) {
    [sequence, chain] = [row.last, row.end];
  }
  if (end !== undefined) rows.deleteEnd(db).run(end);
  rows.insertEnd(db).run({ device, incarnation, sequence, chain });
}

/** The segment that holds this change and reaches farthest. */
function waitingAt(db: Readable, { device, incarnation }: Stream, sequence: number) {
  return rows
    .segmentsAround(db)
    .all(device, incarnation, sequence, sequence)
    .filter((row) => row.held === 0)
    .toSorted((a, b) => b.last - a.last)[0];
}

const rowsAt = statement<
  [device: string, incarnation: number, sequence: number],
  { readonly body: string; readonly chain: Uint8Array }
>(
  "SELECT body, chain FROM logged_change WHERE device = ? AND incarnation = ? AND sequence = ? ORDER BY chain",
);

const countChanges = statement<[device: string, incarnation: number], { readonly changes: number }>(
  "SELECT count(*) AS changes FROM change_log WHERE device = ? AND incarnation = ?",
);

/** Works the ends of a stream that forked out anew. */
export function findEnds(
  db: Writable,
  stream: Stream,
  cryptography: Pick<Cryptography, "hash">,
): void {
  const { device, incarnation } = stream;
  for (const end of rows.endsOfStream(db).all(device, incarnation)) rows.deleteEnd(db).run(end);
  for (const { sequence, ended } of alongBranches(db, stream, cryptography)) {
    for (const chain of ended) rows.insertEnd(db).run({ device, incarnation, sequence, chain });
  }
}

/** How many changes of a stream that forked lie behind a gap of their branch. */
export function countStray(
  db: Readable,
  stream: Stream,
  cryptography: Pick<Cryptography, "hash">,
): number {
  let reached = 0;
  for (const { chains } of alongBranches(db, stream, cryptography)) reached += chains;
  const all = countChanges(db).get(stream.device, stream.incarnation)?.changes ?? 0;
  return all - reached;
}

/** A place of a stream: on how many branches it is reached from the first change, and which end there. */
type Place = {
  readonly sequence: number;
  readonly chains: number;
  readonly ended: readonly Uint8Array[];
};

/** Puts each change behind the one whose chain, with it, makes its own. */
function* alongBranches(
  db: Readable,
  { device, incarnation }: Stream,
  cryptography: Pick<Cryptography, "hash">,
): Generator<Place> {
  let before: readonly Uint8Array[] = [emptyChain];
  for (let sequence = 0; before.length > 0; sequence += 1) {
    const parents = new Set<Uint8Array>();
    const next = rowsAt(db)
      .all(device, incarnation, sequence + 1)
      .filter(({ body, chain }) => {
        const parent = before.find((one) => sameChain(nextChain(cryptography, one, body), chain));
        if (parent !== undefined) parents.add(parent);
        return parent !== undefined;
      });
    const ended = before.filter((chain) => !parents.has(chain));
    if (sequence > 0) yield { sequence, chains: before.length, ended };
    before = next.map(({ chain }) => chain);
  }
}
