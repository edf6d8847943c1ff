/** The requests that still wait for an answer, by what they ask for. */
import type { RecordId } from "#shared/domain/ids.ts";
import type { Readable } from "../../db/database.ts";
import { statement } from "../../db/statement.ts";
import { foldText } from "../analysis/tokenize.ts";

export type OpenRequest = { readonly id: RecordId; readonly title: string };

const open = statement<[], OpenRequest & { readonly searched: string | null }>(
  `SELECT id, title, json_extract(fields, '$.query_text') AS searched FROM record
   WHERE type = 'request' AND removed_at IS NULL AND status IN ('open', 'in_progress') ORDER BY id DESC`,
);

/** By the folded words of the search that each was made of, and of its title; the oldest of several. */
export function openRequests(db: Readable): ReadonlyMap<string, OpenRequest> {
  const requests = new Map<string, OpenRequest>();
  for (const { id, title, searched } of open(db).iterate()) {
    for (const text of [title, searched ?? title]) requests.set(foldText(text), { id, title });
  }
  return requests;
}
