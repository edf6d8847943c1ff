/** Whether every version of a text is the one whose hash its writer signed. */
import type { AreaCheck } from "../health/health-check.ts";
import { damagedTexts } from "./record-tables.ts";

/** The fold compared each text with its hash when it came in; this tells what it found. */
export const checkTexts: AreaCheck = (db) => {
  const problems = damagedTexts(db)
    .all()
    .map(
      ({ record_id: record, path }) =>
        `A version of the text "${path}" of record ${record} cannot be rebuilt as it was written. The record's history shows the versions around it.`,
    );
  return Promise.resolve(problems);
};
