/**
 * Changes to postings as they are made, in 4 bytes each, and brought together by stem once they are
 * written: what a large import notes has to fit in a little memory.
 */
import { stemCount, stemOfNumber } from "../analysis/interned.ts";
import { sortedInPieces } from "./sorted-in-pieces.ts";
import { inOrder, numberIn, packPosting, type Postings } from "./postings.ts";

export type StemEdits = { readonly stem: string; readonly edits: Postings };

/** How a record's postings change: stems by their numbers in this process, 0 for those that are gone. */
export type RecordEdits = { readonly stems: Int32Array; readonly impacts: Uint8Array };

export type EditLog = {
  readonly note: (number: number, edits: RecordEdits) => void;
  readonly size: () => number;
  /** In the order in which they were noted. */
  readonly each: () => Iterable<readonly [number: number, edits: RecordEdits]>;
  /** In the order of the stems, in pieces of some milliseconds, of which many are empty. */
  readonly byStem: () => Iterable<readonly StemEdits[]>;
  readonly clear: () => void;
};

/** The edits of one record after another; as postings are packed, with stems in the place of records. */
type Chunk = {
  readonly packed: Uint32Array;
  used: number;
  readonly numbers: number[];
  /** By record, where its edits end. */
  readonly ends: number[];
};

/** Edits in one chunk, 256 KB. */
const chunkSize = 1 << 16;
/** Edits that are brought together in one go: going through all of them gives so many. */
const mostGathered = 1 << 20;
const stemsAtOnce = 100;

/** Builds an empty log. */
export function createEditLog(): EditLog {
  let chunks: Chunk[] = [];

  return {
    note: (number, edits) => {
      const { length } = edits.stems;
      if (length === 0) return;
      let last = chunks.at(-1);
      if (last === undefined || last.used + length > last.packed.length) {
        last = {
          packed: new Uint32Array(Math.max(chunkSize, length)),
          used: 0,
          numbers: [],
          ends: [],
        };
        chunks.push(last);
      }
      put(last, number, edits);
    },
    size: () => chunks.reduce((sum, { used }) => sum + used, 0),
    *each() {
      for (const { packed, numbers, ends } of chunks) {
        for (const [record, number] of numbers.entries()) {
          const own = packed.subarray(ends[record - 1] ?? 0, ends[record]);
          yield [number, { stems: Int32Array.from(own, numberIn), impacts: Uint8Array.from(own) }];
        }
      }
    },
    *byStem() {
      const counts = countsOf(chunks);
      yield [];
      let group: number[] = [];
      let size = 0;
      for (const stems of sortedInPieces(present(counts), stemOfNumber)) {
        yield [];
        for (const stem of stems) {
          group.push(stem);
          size += counts[stem] ?? 0;
          if (size < mostGathered) continue;
          yield* gathered(chunks, group, counts);
          group = [];
          size = 0;
        }
      }
      yield* gathered(chunks, group, counts);
    },
    clear: () => {
      chunks = [];
    },
  };
}

function put(chunk: Chunk, number: number, { stems, impacts }: RecordEdits): void {
  const { packed, used } = chunk;
  for (let index = 0; index < stems.length; index += 1) {
    packed[used + index] = packPosting(stems[index] ?? 0, impacts[index] ?? 0);
  }
  chunk.used = used + stems.length;
  chunk.numbers.push(number);
  chunk.ends.push(chunk.used);
}

/** By stem, how many edits it has. */
function countsOf(chunks: readonly Chunk[]): Uint32Array {
  const counts = new Uint32Array(stemCount());
  for (const { packed, used } of chunks) {
    for (let index = 0; index < used; index += 1) {
      const stem = numberIn(packed[index] ?? 0);
      counts[stem] = (counts[stem] ?? 0) + 1;
    }
  }
  return counts;
}

function present(counts: Uint32Array): readonly number[] {
  const stems: number[] = [];
  for (const [stem, count] of counts.entries()) if (count > 0) stems.push(stem);
  return stems;
}

/** The edits of the stems of one group, in its order. */
function* gathered(
  chunks: readonly Chunk[],
  group: readonly number[],
  counts: Uint32Array,
): Iterable<readonly StemEdits[]> {
  const places = new Int32Array(counts.length).fill(-1);
  let size = 0;
  for (const stem of group) {
    places[stem] = size;
    size += counts[stem] ?? 0;
  }
  const edits = new Uint32Array(size);
  for (const chunk of chunks) yield scatter(chunk, places, edits);
  for (let first = 0; first < group.length; first += stemsAtOnce) {
    yield group.slice(first, first + stemsAtOnce).map((stem) => {
      // Its place has moved behind its last edit.
      const end = places[stem] ?? 0;
      const own = edits.subarray(end - (counts[stem] ?? 0), end);
      return { stem: stemOfNumber(stem), edits: inOrder(own) };
    });
  }
}

/** Puts a chunk's edits where their stems' places are, and moves these on. */
function scatter(
  { packed, numbers, ends }: Chunk,
  places: Int32Array,
  edits: Uint32Array,
): readonly never[] {
  let index = 0;
  for (let record = 0; record < numbers.length; record += 1) {
    const number = numbers[record] ?? 0;
    const end = ends[record] ?? 0;
    for (; index < end; index += 1) {
      const one = packed[index] ?? 0;
      const place = places[one >>> 8] ?? -1;
      if (place < 0) continue;
      edits[place] = packPosting(number, one & 255);
      places[one >>> 8] = place + 1;
    }
  }
  return [];
}
