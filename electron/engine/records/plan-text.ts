/** The write that makes a new version of a text. */
import type { TextWrite, Write } from "#shared/domain/change.ts";
import type { ChangeId } from "#shared/domain/ids.ts";
import type { Json } from "#shared/domain/json.ts";
import { type Head, own, type RecordState } from "#shared/domain/record-state.ts";
import { makeEdits } from "#shared/domain/text-edits.ts";
import { textHash, wholeEvery } from "./text-versions.ts";

/** Where the planner finds texts. */
export type TextSource = {
  /** The text that is shown for these heads. */
  readonly shown: (path: string, heads: readonly Head[]) => string;
  readonly textOf: (path: string, change: ChangeId) => string;
  readonly distanceOf: (path: string, change: ChangeId) => number;
};

type Asked = {
  readonly base: RecordState | undefined;
  readonly now: RecordState | undefined;
  readonly name: string;
  readonly value: Json;
  readonly texts: TextSource;
};

/**
 * A version made from every head that the writer saw. Writing what was shown merged pins the merge;
 * writing what a single head says already writes nothing.
 */
export function planText({ base, now, name, value, texts }: Asked): readonly Write[] {
  // Half of a surrogate pair cannot be stored as text; nobody can type one.
  const text = typeof value === "string" ? value.toWellFormed() : "";
  const seen = own(base?.texts ?? {}, name) ?? [];
  const stands = own(now?.texts ?? {}, name) ?? [];
  const says = (heads: readonly Head[]) => heads.length < 2 && texts.shown(name, heads) === text;
  if (says(seen) || (stands !== seen && says(stands))) return [];
  return [versionAfter({ path: name, text, seen, texts })];
}

type Version = {
  readonly path: string;
  readonly text: string;
  readonly seen: readonly Head[];
  readonly texts: TextSource;
};

function versionAfter({ path, text, seen, texts }: Version): TextWrite {
  const after = seen.map((head) => head.change);
  const write = { kind: "text", path, after, hash: textHash(text) } as const;
  const [parent] = after;
  if (parent === undefined || texts.distanceOf(path, parent) + 1 >= wholeEvery) {
    return { ...write, full: text };
  }
  const edits = makeEdits(texts.textOf(path, parent), text);
  const smaller = JSON.stringify(edits).length < 0.8 * text.length;
  return smaller ? { ...write, edits } : { ...write, full: text };
}
