/**
 * Postings and word counts that wait for the end of the transaction: written together, one block
 * is rewritten once for many records instead of once for each.
 */
import type { Writable } from "../../db/database.ts";
import { stemOfNumber, wordOfNumber } from "../analysis/interned.ts";
import type { AnalysedRecord } from "./impact.ts";
import { blockSize, editBlock, numberIn, packPosting } from "./posting-block.ts";
import { addPostings, countWord, dropPostings, postingsAt, putPostings } from "./schema.ts";

export type PendingPostings = {
  /** Notes how a record's entry changes; undefined stands for no entry. */
  readonly change: (
    number: number,
    before: AnalysedRecord | undefined,
    after: AnalysedRecord | undefined,
  ) => void;
  /** How many notes wait; write before they fill the memory. */
  readonly size: () => number;
  /**
   * Yields after each handful of rows. `freshFrom`: the first block that had no postings when the
   * notes began.
   */
  readonly writePostings: (db: Writable, freshFrom: number) => Iterable<unknown>;
  /** The same for the words, whose counts change with every record and are best written once. */
  readonly writeWords: (db: Writable) => Iterable<unknown>;
  readonly forget: () => void;
};

/** Builds an empty set of notes. */
export function createPendingPostings(): PendingPostings {
  /** Packed edits by stem number. */
  let edits: (number[] | undefined)[] = [];
  /** Changes of a word's count by word number. */
  let words = new Map<number, number>();
  let size = 0;

  function edit(stem: number, number: number, impact: number): void {
    const packed = packPosting(number, impact);
    const known = edits[stem];
    if (known !== undefined) {
      known.push(packed);
    } else {
      while (edits.length < stem) edits.push(undefined);
      edits[stem] = [packed];
    }
    size += 1;
  }

  function count(counted: readonly number[] | undefined, delta: number): void {
    for (const word of counted ?? []) words.set(word, (words.get(word) ?? 0) + delta);
  }

  function forget(): void {
    edits = [];
    words = new Map();
    size = 0;
  }

  return {
    change: (number, before, after) => {
      if (before === undefined) {
        after?.stems.forEach((stem, index) => edit(stem, number, after.impacts[index] ?? 0));
      } else {
        for (const { stem, impact } of differences(before, after)) edit(stem, number, impact);
      }
      count(before?.words, -1);
      count(after?.words, 1);
    },
    size: () => size,
    *writePostings(db, freshFrom) {
      yield* writePostings(db, edits, freshFrom);
      edits = [];
      size = 0;
    },
    *writeWords(db) {
      yield* writeWords(db, words);
      words = new Map();
    },
    forget,
  };
}

/** What has to be written to come from one entry to the other; impact 0 for stems that are gone. */
function differences(
  before: AnalysedRecord,
  after: AnalysedRecord | undefined,
): readonly { readonly stem: number; readonly impact: number }[] {
  const now = (after?.stems ?? []).map((stem, index) => ({
    stem,
    impact: after?.impacts[index] ?? 0,
  }));
  const old = new Map(before.stems.map((stem, index) => [stem, before.impacts[index] ?? 0]));
  const changed = now.filter(({ stem, impact }) => old.get(stem) !== impact);
  for (const { stem } of now) old.delete(stem);
  return [...changed, ...Array.from(old.keys(), (stem) => ({ stem, impact: 0 }))];
}

/** Some milliseconds of writing. */
const rowsAtOnce = 100;

/** In the order of the key, so that the pages of the table fill one after another. */
function* writePostings(
  db: Writable,
  edits: readonly (readonly number[] | undefined)[],
  freshFrom: number,
): Iterable<unknown> {
  const waiting = edits.flatMap((own, number) =>
    own === undefined ? [] : [{ stem: stemOfNumber(number), edits: ascending(own), done: 0 }],
  );
  yield;
  const stems: Waiting[] = [];
  for (const piece of sorted(waiting, ({ stem }) => stem)) {
    stems.push(...piece);
    yield;
  }
  let block = leastBlock(stems);
  while (block !== undefined) {
    for (const [index, one] of stems.entries()) {
      if (index % rowsAtOnce === 0) yield;
      const from = one.done;
      while (blockOf(one.edits[one.done]) === block) one.done += 1;
      if (one.done === from) continue;
      const inBlock = one.edits.slice(from, one.done);
      writeBlock(db, { stem: one.stem, block, edits: inBlock, fresh: block >= freshFrom });
    }
    block = leastBlock(stems);
  }
}

type Waiting = { readonly stem: string; readonly edits: readonly number[]; done: number };

/** The first block that has edits left. */
function leastBlock(stems: readonly Waiting[]): number | undefined {
  let least: number | undefined;
  for (const { edits, done } of stems) {
    const block = blockOf(edits[done]);
    if (block !== undefined && !(block >= (least ?? Infinity))) least = block;
  }
  return least;
}

function blockOf(edit: number | undefined): number | undefined {
  return edit === undefined ? undefined : Math.floor(numberIn(edit) / blockSize);
}

type BlockEdits = {
  readonly stem: string;
  readonly block: number;
  readonly edits: readonly number[];
  /** Whether nothing can be there yet. */
  readonly fresh: boolean;
};

function writeBlock(db: Writable, { stem, block, edits, fresh }: BlockEdits): void {
  const stored = fresh ? undefined : postingsAt(db).get(stem, block)?.postings;
  const next = editBlock(stored, edits);
  if (next === null) {
    if (stored !== undefined) dropPostings(db).run(stem, block);
  } else if (stored === undefined) addPostings(db).run(stem, block, next);
  else putPostings(db).run(next, stem, block);
}

function* writeWords(db: Writable, deltas: ReadonlyMap<number, number>): Iterable<unknown> {
  for (const piece of sorted([...deltas.keys()], (number) => wordOfNumber(number).word)) {
    for (const [index, number] of piece.entries()) {
      if (index % rowsAtOnce === 0) yield;
      const delta = deltas.get(number) ?? 0;
      if (delta !== 0) countWord(db).run(delta, wordOfNumber(number).word);
    }
  }
}

/** All items in the order of their texts; one piece holds those that begin alike. */
function* sorted<Item>(
  items: readonly Item[],
  textOf: (item: Item) => string,
): Iterable<readonly Item[]> {
  const pieces = Map.groupBy(items, (item) => textOf(item).charCodeAt(0));
  for (const first of [...pieces.keys()].toSorted((a, b) => a - b)) {
    yield (pieces.get(first) ?? []).toSorted((a, b) => (textOf(a) < textOf(b) ? -1 : 1));
  }
}

/** In the order of the records; of several edits for one record the last counts. */
function ascending(edits: readonly number[]): readonly number[] {
  return isAscending(edits) ? edits : lastOfEach(edits);
}

/** A rebuild gives every record once, in the order of the numbers. */
function isAscending(edits: readonly number[]): boolean {
  return edits.every(
    (edit, index) => index === 0 || numberIn(edits[index - 1] ?? 0) < numberIn(edit),
  );
}

function lastOfEach(edits: readonly number[]): readonly number[] {
  const byNumber = new Map(edits.map((edit) => [numberIn(edit), edit]));
  return [...byNumber.values()].toSorted((a, b) => a - b);
}
