/**
 * Postings and word counts that wait for the end of the transaction: written together, one block
 * is rewritten once for many records instead of once for each.
 */
import type { Writable } from "../../db/database.ts";
import type { AnalysedRecord } from "./impact.ts";
import { blockSize, editBlock, editedNumber, packEdit } from "./posting-block.ts";
import { countWord, dropPostings, postingsAt, putPostings } from "./schema.ts";

export type PendingPostings = {
  /** Notes how a record's entry changes; undefined stands for no entry. */
  readonly change: (
    number: number,
    before: AnalysedRecord | undefined,
    after: AnalysedRecord | undefined,
  ) => void;
  /** How many notes wait; write before they fill the memory. */
  readonly size: () => number;
  /** `freshFrom`: the first block that had no postings when the notes began. */
  readonly write: (
    db: Writable,
    at: { readonly stamp: number; readonly freshFrom: number },
  ) => void;
  readonly forget: () => void;
};

type WordChange = { readonly stem: string; delta: number };

/** Builds an empty set of notes. */
export function createPendingPostings(): PendingPostings {
  const edits = new Map<string, number[]>();
  const words = new Map<string, WordChange>();
  let size = 0;

  function edit(stem: string, number: number, impact: number): void {
    const known = edits.get(stem);
    if (known === undefined) edits.set(stem, [packEdit(number, impact)]);
    else known.push(packEdit(number, impact));
    size += 1;
  }

  function count(counted: ReadonlyMap<string, string> | undefined, delta: number): void {
    for (const [word, stem] of counted ?? []) {
      const known = words.get(word);
      if (known === undefined) words.set(word, { stem, delta });
      else known.delta += delta;
    }
  }

  function forget(): void {
    edits.clear();
    words.clear();
    size = 0;
  }

  return {
    change: (number, before, after) => {
      for (const [stem, impact] of after?.impacts ?? []) {
        if (before?.impacts.get(stem) !== impact) edit(stem, number, impact);
      }
      for (const stem of before?.impacts.keys() ?? []) {
        if (after?.impacts.has(stem) !== true) edit(stem, number, 0);
      }
      count(before?.words, -1);
      count(after?.words, 1);
    },
    size: () => size,
    write: (db, { stamp, freshFrom }) => {
      // In the order of the key, so that the pages of the table fill one after another.
      for (const stem of [...edits.keys()].toSorted()) {
        for (const [block, own] of byBlock(edits.get(stem) ?? [])) {
          const stored = block >= freshFrom ? undefined : postingsAt(db).get(stem, block)?.postings;
          const next = editBlock(stored, own);
          if (next !== null) putPostings(db).run(stem, block, next);
          else if (stored !== undefined) dropPostings(db).run(stem, block);
        }
      }
      for (const word of [...words.keys()].toSorted()) {
        const { stem, delta } = words.get(word) ?? { stem: "", delta: 0 };
        if (delta !== 0) countWord(db).run(word, stem, delta, stamp);
      }
      forget();
    },
    forget,
  };
}

/** The edits of each block in ascending order; of several for one record the last counts. */
function byBlock(edits: readonly number[]): ReadonlyMap<number, readonly number[]> {
  const blocks = new Map<number, number[]>();
  const last = isAscending(edits) ? edits : lastOfEach(edits);
  for (const edit of last) {
    const block = Math.floor(editedNumber(edit) / blockSize);
    const own = blocks.get(block);
    if (own === undefined) blocks.set(block, [edit]);
    else own.push(edit);
  }
  return blocks;
}

/** A rebuild gives every record once, in the order of the numbers. */
function isAscending(edits: readonly number[]): boolean {
  return edits.every(
    (edit, index) => index === 0 || editedNumber(edits[index - 1] ?? 0) < editedNumber(edit),
  );
}

function lastOfEach(edits: readonly number[]): readonly number[] {
  const byNumber = new Map(edits.map((edit) => [editedNumber(edit), edit]));
  return [...byNumber.values()].toSorted((a, b) => a - b);
}
