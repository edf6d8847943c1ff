/**
 * The versions of a record's texts: a graph in which each version names the ones it was made from.
 * A version is stored as what differs from its first parent; a whole text now and then bounds how
 * far back a reading has to go. Several heads are shown merged; the merge itself is never stored as
 * a version, so a better merge later changes nothing that people wrote.
 */
import { hash } from "node:crypto";
import type { Change, TextWrite } from "#shared/domain/change.ts";
import { isKnownWrite } from "#shared/domain/change.ts";
import type { Timestamp } from "#shared/domain/clock.ts";
import { type ChangeId, encodeBase32, type RecordId } from "#shared/domain/ids.ts";
import { applyEdits } from "#shared/domain/text-edits.ts";
import type { Readable } from "../db/database.ts";
import { statement } from "../db/statement.ts";

export type VersionRow = {
  readonly change_id: ChangeId;
  /** JSON: the changes that made the versions this one was made from. */
  readonly parents: string;
  readonly at: Timestamp;
  /** How many edits lie between this version and the last whole text. */
  readonly distance: number;
  readonly text: string | null;
};

const versionAt = statement<[record: string, path: string, change: string], VersionRow>(
  `SELECT change_id, parents, at, distance, text FROM text_version
   WHERE record_id = ? AND path = ? AND change_id = ?`,
);

export const versionsOf = statement<[record: string, path: string], VersionRow>(
  `SELECT change_id, parents, at, distance, NULL AS text FROM text_version
   WHERE record_id = ? AND path = ?`,
);

/** Every so many versions a text is written whole. */
export const wholeEvery = 32;

/** Texts kept in memory while one record is looked at, in characters. */
const cacheLimit = 20_000_000;

export type TextReader = {
  /** The text of one version; "" for a version that cannot be rebuilt. */
  readonly textOf: (path: string, change: ChangeId) => string;
  readonly distanceOf: (path: string, change: ChangeId) => number;
  /** Says what a version's text is, to save rebuilding it. */
  readonly keep: (path: string, change: ChangeId, text: string) => void;
  /** Says how far a version lies from a whole text, to save looking it up. */
  readonly keepDistance: (path: string, change: ChangeId, distance: number) => void;
};

type Source = {
  readonly db: Readable;
  readonly record: RecordId;
  /** Finds a change by its id: in the log, or among those being folded. */
  readonly changeOf: (id: ChangeId) => Change | undefined;
};

/** Reads versions of one record's texts; what it has read it keeps, within a limit. */
export function createTextReader(source: Source): TextReader {
  const cache = new Map<string, string>();
  const distances = new Map<string, number>();
  let kept = 0;

  function keep(path: string, change: ChangeId, text: string): void {
    if (kept + text.length > cacheLimit) {
      cache.clear();
      kept = 0;
    }
    cache.set(`${change} ${path}`, text);
    kept += text.length;
  }

  /** Walks back to a text that is known whole, then forward over the edits. */
  function textOf(path: string, change: ChangeId): string {
    const edits: (readonly [ChangeId, TextWrite])[] = [];
    let at: ChangeId | undefined = change;
    let text: string | undefined;
    while (at !== undefined && text === undefined) {
      text =
        cache.get(`${at} ${path}`) ??
        versionAt(source.db).get(source.record, path, at)?.text ??
        undefined;
      if (text !== undefined) break;
      const write: TextWrite | undefined = textWrite(source.changeOf(at), path);
      if (write === undefined) break;
      edits.push([at, write]);
      text = write.full;
      at = write.after[0];
    }
    let built = text ?? "";
    for (const [id, write] of edits.toReversed()) {
      built = textAfter(write, built);
      if (id === change) keep(path, id, built);
    }
    return built;
  }

  return {
    textOf,
    distanceOf: (path, change) =>
      distances.get(`${change} ${path}`) ??
      versionAt(source.db).get(source.record, path, change)?.distance ??
      wholeEvery,
    keep,
    keepDistance: (path, change, distance) => void distances.set(`${change} ${path}`, distance),
  };
}

/** The text that a write makes of its first parent's; one that does not fit leaves it as it was. */
export function textAfter(write: TextWrite, parent: string): string {
  return write.full ?? applyEdits(parent, write.edits ?? []) ?? parent;
}

/** The text's fingerprint, as text writes carry it. */
export function textHash(text: string): string {
  return encodeBase32(hash("sha256", text, "buffer").subarray(0, 10));
}

/** The change's write to the text at the path. */
export function textWrite(change: Change | undefined, path: string): TextWrite | undefined {
  return change?.writes
    .filter(isKnownWrite)
    .find((write): write is TextWrite => write.kind === "text" && write.path === path);
}
