/** The texts of one record at any state it was in. */
import type { RecordId } from "#shared/domain/ids.ts";
import { type Head, own, type RecordState } from "#shared/domain/record-state.ts";
import type { Readable } from "../db/database.ts";
import type { ChangeLog } from "../log/change-log.ts";
import { keepStoredTexts, storedTexts } from "./create-record-fold.ts";
import { commonText, type ShownText, shownText } from "./merge-heads.ts";
import type { TextSource } from "./plan-text.ts";
import { createTextReader } from "./text-versions.ts";

export type RecordTexts = TextSource & {
  readonly shownAs: (path: string, heads: readonly Head[]) => ShownText;
  /** What all of a text's heads were made from. */
  readonly commonOf: (path: string, heads: readonly Head[]) => string;
  /** Every text of the state, by path. */
  readonly all: (state: RecordState) => ReadonlyMap<string, string>;
};

type Source = {
  readonly db: Readable;
  readonly log: Pick<ChangeLog, "get">;
  readonly record: RecordId;
  /** The record as it is stored now. */
  readonly now: RecordState | undefined;
};

/** Reads what is stored once; older versions are rebuilt when they are asked for. */
export function createRecordTexts({ db, log, record, now }: Source): RecordTexts {
  const stored = new Map(now === undefined ? [] : storedTexts(db, record));
  const reader = createTextReader({ db, record, changeOf: (id) => log.get(db, id) });
  keepStoredTexts(now, stored, reader);
  const shownAs = (path: string, heads: readonly Head[]) =>
    shownText({ db, record, path, heads, reader });
  const shown = (path: string, heads: readonly Head[]) => {
    const current = now && own(now.texts, path);
    return heads === current ? (stored.get(path) ?? "") : shownAs(path, heads).text;
  };
  return {
    textOf: reader.textOf,
    distanceOf: reader.distanceOf,
    shown,
    shownAs,
    commonOf: (path, heads) => commonText({ db, record, path, heads, reader }),
    all: (state) =>
      new Map(Object.entries(state.texts).map(([path, heads]) => [path, shown(path, heads)])),
  };
}
