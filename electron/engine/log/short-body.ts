/**
 * Bodies as they are stored: without what the row's other columns say, which is most of a small edit.
 * The view `logged_change` (db/migrations/workspace.ts) puts them together again. A body that is not
 * written as this version writes it is kept whole, so that each comes back byte by byte, as the chain
 * hashed it.
 */
import type { ChangeBody } from "#shared/domain/change.ts";

type Place = "device" | "incarnation" | "sequence";
type Said = Pick<ChangeBody, Place | "action" | "at" | "author" | "record" | "type">;

/** The stored form of the body of a change that says all this; the row has to say it too. */
export function shortBody(body: string, said: Said): string {
  const { action, at, author, device, incarnation, record, sequence, type } = said;
  const named = action === undefined ? "" : `"action":"${action}",`;
  const begins =
    `{${named}"at":"${at}","author":"${author}","device":"${device}","incarnation":${incarnation},` +
    `"record":"${record}","sequence":${sequence},"type":"${type}","v":1,"writes":[`;
  if (!body.startsWith(begins) || !body.endsWith("]}")) return body;
  const sign = action === undefined ? "-" : "+";
  return `${sign}${author}${type}"${body.slice(begins.length, -2)}`;
}
