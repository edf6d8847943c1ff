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

/**
 * Works the ends of a stream that forked out anew: each change is put behind the one whose chain,
 * with it, makes its own.
 */
export function findEnds(
  db: Writable,
  { device, incarnation }: Stream,
  cryptography: Pick<Cryptography, "hash">,
): void {
  for (const end of rows.endsOfStream(db).all(device, incarnation)) rows.deleteEnd(db).run(end);
  let before: readonly Uint8Array[] = [emptyChain];
  for (let sequence = 1; before.length > 0; sequence += 1) {
    const parents = new Set<Uint8Array>();
    const here = rowsAt(db)
      .all(device, incarnation, sequence)
      .filter(({ body, chain }) => {
        const parent = before.find((one) => sameChain(nextChain(cryptography, one, body), chain));
        if (parent !== undefined) parents.add(parent);
        return parent !== undefined;
      });
    for (const chain of sequence === 1 ? [] : before) {
      if (parents.has(chain)) continue;
      rows.insertEnd(db).run({ device, incarnation, sequence: sequence - 1, chain });
    }
    before = here.map(({ chain }) => chain);
  }
}
