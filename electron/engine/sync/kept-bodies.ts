/**
 * The bodies of changes that were just written, kept until their records are folded, so that they
 * need not be read again one by one from all over the file. They stay bytes: as objects, the changes
 * of a whole library would weigh several times as much.
 */
import { changeIdAt, type RecordId } from "#shared/domain/ids.ts";
import type { LoggedBody } from "../log/change-log.ts";
import type { Arrivals } from "../projections/feed.ts";
import type { Unpacked } from "./verify-segment.ts";

export type KeptBodies = {
  readonly add: (fresh: readonly Unpacked[]) => void;
  readonly records: () => Iterable<RecordId>;
  /** Every record with its rows, or without where it became too much to keep them. */
  readonly arrivals: () => Arrivals;
};

/** Bodies of consecutive changes, one after another, and the chains at them. */
type Block = {
  readonly device: string;
  readonly incarnation: number;
  readonly sequences: Uint32Array;
  readonly chains: Uint8Array;
  readonly text: Uint8Array;
  /** Where each body begins; one more at the end. */
  readonly starts: Uint32Array;
  readonly actions: readonly (string | null)[] | undefined;
};

const chainLength = 32;
/** A place is the block's number times this, and the change's place in the block. */
const perBlock = 2 ** 26;
/** In bytes; of a larger library the rows are read again. */
const mostKept = 96_000_000;

/** Keeps nothing yet. */
export function createKeptBodies(): KeptBodies {
  const blocks: Block[] = [];
  const places = new Map<RecordId, number[]>();
  let kept = 0;

  function add(fresh: readonly Unpacked[]): void {
    const block = kept > mostKept ? undefined : blockOf(fresh);
    if (block === undefined) blocks.length = 0;
    else kept += block.text.length;
    if (block !== undefined) blocks.push(block);
    const base = (blocks.length - 1) * perBlock;
    for (const [index, { change }] of fresh.entries()) {
      const known = places.get(change.record);
      if (known === undefined) places.set(change.record, [base + index]);
      else known.push(base + index);
    }
  }

  function* arrivals(): Arrivals {
    for (const [record, rows] of places) {
      yield [record, kept > mostKept ? undefined : rows.map(read)];
    }
  }

  function read(place: number): LoggedBody {
    const block = blocks[Math.floor(place / perBlock)];
    if (block === undefined) throw new Error("A change that was kept is gone.");
    return bodyIn(block, place % perBlock);
  }

  return { add, arrivals, records: () => places.keys() };
}

function blockOf(fresh: readonly Unpacked[]): Block | undefined {
  const [first] = fresh;
  if (first === undefined) return undefined;
  const { device, incarnation } = first.change;
  const text = Buffer.concat(fresh.map(({ bytes }) => bytes));
  const starts = new Uint32Array(fresh.length + 1);
  for (const [index, { bytes }] of fresh.entries()) {
    starts[index + 1] = (starts[index] ?? 0) + bytes.length;
  }
  const chains = Buffer.concat(fresh.map(({ chain }) => chain));
  const sequences = Uint32Array.from(fresh, ({ change }) => change.sequence);
  const alone = fresh.every(({ change }) => change.action === undefined);
  const actions = alone ? undefined : fresh.map(({ change }) => change.action ?? null);
  return { device, incarnation, sequences, chains, text, starts, actions };
}

function bodyIn(block: Block, index: number): LoggedBody {
  const { device, incarnation, sequences, chains, text, starts, actions } = block;
  const place = { device, incarnation, sequence: sequences[index] ?? 0 };
  const chain = chains.subarray(index * chainLength, (index + 1) * chainLength);
  const body = Buffer.from(text.buffer, text.byteOffset, text.length);
  return {
    id: changeIdAt(place, chain),
    action: actions?.[index] ?? null,
    body: body.toString("utf8", starts[index], starts[index + 1]),
  };
}
