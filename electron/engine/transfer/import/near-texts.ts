/** The texts that a new one may nearly repeat: those of this import, and those already here. */
import { type RecordId, recordIdSchema } from "#shared/domain/ids.ts";
import type { Readable } from "../../db/database.ts";
import { statement } from "../../db/statement.ts";
import type { JobControl } from "../../jobs/job-runner.ts";
import { sketch } from "./fingerprint.ts";
import { createNearIndex, type NearIndex } from "./near-index.ts";

/** A text of this import by its path, or one of the workspace by its record. */
export type NearText = { readonly name: string; readonly record: RecordId | null };

export type NearTexts = {
  /** The likest text if it is near enough. */
  readonly nearest: (
    signature: Uint32Array,
  ) => Promise<{ readonly key: NearText; readonly score: number } | null>;
  readonly add: (key: NearText, signature: Uint32Array) => void;
};

/** Beyond this many records only the import's own files are compared: the rest would take too long. */
const mostCompared = 20_000;

const textsFrom = statement<[after: string], { id: string; title: string; text: string }>(
  `SELECT record.id, record.title, record_text.text
   FROM record JOIN record_text ON record_text.record_id = record.id AND path = 'body'
   WHERE record.id > ? AND removed_at IS NULL AND length(text) > 200 ORDER BY record.id LIMIT 200`,
);

/** The workspace's texts are read when the first new page asks: an import of known pages needs none. */
export function createNearTexts(db: Readable, control: JobControl): NearTexts {
  const index = createNearIndex<NearText>();
  let loaded: Promise<void> | undefined;
  return {
    add: index.add,
    nearest: async (signature) => {
      await (loaded ??= loadTexts(db, index, control));
      return index.nearest(signature);
    },
  };
}

async function loadTexts(
  db: Readable,
  index: NearIndex<NearText>,
  control: JobControl,
): Promise<void> {
  let after = "";
  for (let compared = 0; compared < mostCompared;) {
    const rows = textsFrom(db).all(after);
    for (const { id, title, text } of rows) {
      await control.breathe();
      const signature = sketch(text);
      if (signature !== null)
        index.add({ name: title, record: recordIdSchema.parse(id) }, signature);
    }
    after = rows.at(-1)?.id ?? "";
    compared += rows.length;
    if (rows.length === 0 || control.cancelled()) break;
  }
}
