/** The texts that a new one may nearly repeat: those of this import, and those already here. */
import type { Readable } from "../../db/database.ts";
import { statement } from "../../db/statement.ts";
import type { JobControl } from "../../jobs/job-runner.ts";
import { createNearIndex, type NearIndex, sketch } from "./fingerprint.ts";

/** Keys are what a report calls the text: a path or a title. */
export type NearTexts = NearIndex<string>;

/** Beyond this many records only the import's own files are compared: the rest would take too long. */
const mostCompared = 20_000;

const textsFrom = statement<[after: string], { id: string; title: string; text: string }>(
  `SELECT record.id, record.title, record_text.text
   FROM record JOIN record_text ON record_text.record_id = record.id AND path = 'body'
   WHERE record.id > ? AND removed_at IS NULL AND length(text) > 200 ORDER BY record.id LIMIT 200`,
);

export async function createNearTexts(db: Readable, control: JobControl): Promise<NearTexts> {
  const index = createNearIndex<string>();
  let after = "";
  for (let compared = 0; compared < mostCompared;) {
    const rows = textsFrom(db).all(after);
    for (const { title, text } of rows) {
      await control.breathe();
      const signature = sketch(text);
      if (signature !== null) index.add(title, signature);
    }
    after = rows.at(-1)?.id ?? "";
    compared += rows.length;
    if (rows.length === 0 || control.cancelled()) break;
  }
  return index;
}
