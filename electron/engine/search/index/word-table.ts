/**
 * The vocabulary as it is written: the lasting number of each word, by which streams name it, and in
 * how many records it stands. Rows are written at the end of a transaction, each once.
 */
import type { Writable } from "../../db/database.ts";
import { statement } from "../../db/statement.ts";
import { stemNumberOf, stemOfNumber, wordFacts, wordOfNumber } from "../analysis/interned.ts";
import { wordOfCode } from "../analysis/tokenize.ts";
import { sortedInPieces } from "./sorted-in-pieces.ts";
import { createStemIds } from "./stem-ids.ts";

export type WordTable = {
  /** The lasting numbers of the tokens' words and stems; what it gives holds until the next call. */
  readonly idsOf: (codes: Int32Array) => TokenIds;
  /** Notes that the words, by their numbers in this process, stand in so many more records. */
  readonly count: (words: Int32Array, delta: 1 | -1) => void;
  /** Writes what was noted. Yields after each handful of rows. */
  readonly write: () => Iterable<unknown>;
  /** After a transaction was rolled back, or another process has written. */
  readonly forget: () => void;
};

export type TokenIds = { readonly words: Int32Array; readonly stems: Int32Array };

const wordId = statement<[word: string], { readonly id: number; readonly stem_id: number }>(
  "SELECT id, stem_id FROM search_word WHERE word = ?",
);
const highestId = statement<[], { readonly id: number }>(
  "SELECT coalesce(max(id), 0) AS id FROM search_word",
);
const addWord = statement<
  [word: string, id: number, stem: string, stem_id: number, documents: number, digits: number]
>("INSERT INTO search_word (word, id, stem, stem_id, documents, digits) VALUES (?, ?, ?, ?, ?, ?)");
const countWord = statement<[delta: number, word: string]>(
  "UPDATE search_word SET documents = documents + ? WHERE word = ?",
);

/** Some milliseconds of writing. */
const rowsAtOnce = 100;

/** By a word's number in this process. */
type Columns = {
  /** Its lasting number; 0 while it was not looked up. */
  readonly ids: Int32Array;
  readonly deltas: Int32Array;
  /** 1 for a word whose row has to be written. */
  readonly touched: Uint8Array;
};

function columnsFor(length: number): Columns {
  const [ids, deltas] = [new Int32Array(length), new Int32Array(length)];
  return { ids, deltas, touched: new Uint8Array(length) };
}

/** The same with room for every word that has a number by now. */
function widened(columns: Columns): Columns {
  const { length } = wordFacts().stems;
  if (length <= columns.ids.length) return columns;
  const wider = columnsFor(length);
  wider.ids.set(columns.ids);
  wider.deltas.set(columns.deltas);
  wider.touched.set(columns.touched);
  return wider;
}

function roomFor(length: number): TokenIds {
  return { words: new Int32Array(length), stems: new Int32Array(length) };
}

/** Builds it over one database; each word is looked up once. */
export function createWordTable(db: Writable): WordTable {
  let columns = columnsFor(1 << 14);
  const stemIds = createStemIds(db);
  let waiting: number[] = [];
  /** The highest number that was given, the highest that has a row, and the highest before any was given here. */
  let [given, written, found] = [-1, -1, -1];
  let room = roomFor(1 << 12);

  function touch(word: number): void {
    if (columns.touched[word] === 1) return;
    columns.touched[word] = 1;
    waiting.push(word);
  }

  /** Looks a word and its stem up, or gives them numbers; where none was found, there is nothing to look up. */
  function find(word: number): number {
    if (found < 0) given = written = found = highestId(db).get()?.id ?? 0;
    const stored = found === 0 ? undefined : wordId(db).get(wordOfNumber(word));
    const id = stored?.id ?? give(word);
    const stem = stemNumberOf(word);
    const sameStem = stored?.stem_id ?? (found === 0 ? undefined : stemIds.find(stem));
    stemIds.note(stem, sameStem ?? id);
    return (columns.ids[word] = id);
  }

  function give(word: number): number {
    given += 1;
    touch(word);
    return given;
  }

  function writeRow(word: number): void {
    const { ids, deltas, touched } = columns;
    const [id = 0, delta = 0] = [ids[word], deltas[word]];
    const isNew = written >= 0 && id > written;
    if (isNew) {
      const stem = stemNumberOf(word);
      const row = [wordOfNumber(word), id, stemOfNumber(stem), stemIds.all()[stem] ?? 0] as const;
      addWord(db).run(...row, delta, String(delta).length);
    } else if (delta !== 0) countWord(db).run(delta, wordOfNumber(word));
    deltas[word] = 0;
    touched[word] = 0;
  }

  return {
    idsOf: (codes) => {
      columns = widened(columns);
      const { length } = codes;
      if (room.words.length < length) room = roomFor(2 * length);
      const { words, stems } = room;
      const { ids } = columns;
      const stemsOfWords = wordFacts().stems;
      const idsOfStems = stemIds.all();
      for (let index = 0; index < length; index += 1) {
        const word = wordOfCode(codes[index] ?? 0);
        const known = ids[word] ?? 0;
        words[index] = known === 0 ? find(word) : known;
        stems[index] = idsOfStems[stemsOfWords[word] ?? 0] ?? 0;
      }
      return { words: words.subarray(0, length), stems: stems.subarray(0, length) };
    },
    count: (words, delta) => {
      columns = widened(columns);
      const { deltas } = columns;
      for (const word of words) {
        deltas[word] = (deltas[word] ?? 0) + delta;
        touch(word);
      }
    },
    *write() {
      for (const piece of sortedInPieces(waiting, wordOfNumber)) {
        for (const [index, word] of piece.entries()) {
          if (index % rowsAtOnce === 0) yield;
          writeRow(word);
        }
      }
      waiting = [];
      written = given;
    },
    forget: () => {
      columns = columnsFor(columns.ids.length);
      stemIds.forget();
      waiting = [];
      [given, written, found] = [-1, -1, -1];
    },
  };
}
