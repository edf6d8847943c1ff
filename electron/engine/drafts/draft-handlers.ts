/**
 * Drafts: what somebody is writing, in the database that no import ever locks. A save is one
 * statement with its own commit, and that commit is on the disk (synchronous = FULL) before the save
 * answers, so "Saved 14:03:07" is true whatever happens to the process or the power afterwards.
 * Drafts are this device's alone: they are in no log and merge with nothing.
 */
import type { z } from "zod";
import type { drafts as contract } from "#shared/contract/drafts.ts";
import { draftSchema } from "#shared/contract/drafts.ts";
import type { GuildhallEmit } from "#shared/contract/index.ts";
import type { IdSource } from "#shared/domain/ids.ts";
import { type GroupHandlers, lazily } from "#shared/rpc/define.ts";
import type { Databases } from "../db/database.ts";
import { ExpectedFailure } from "#shared/rpc/wire.ts";
import { statement } from "../db/statement.ts";
import { titleOf } from "../records/opening.ts";

type Dependencies = {
  readonly databases: Pick<Databases, "local">;
  readonly clock: Pick<IdSource, "now">;
  readonly emit: GuildhallEmit;
};

type DraftRow = {
  readonly key: string;
  readonly record: string | null;
  readonly type: string;
  readonly base: string | null;
  readonly fields: string;
  readonly body: string;
  readonly title: string;
  readonly saved_at: string;
};

const everyDraft = statement<[], Omit<DraftRow, "fields" | "body">>(
  "SELECT key, record, type, base, title, saved_at FROM draft ORDER BY saved_at DESC, key",
);
const draftAt = statement<[key: string], DraftRow>(
  "SELECT key, record, type, base, fields, body, title, saved_at FROM draft WHERE key = ?",
);
const saveDraft = statement<[DraftRow & { readonly over: string | null; readonly any: number }]>(
  `INSERT INTO draft (key, record, type, base, fields, body, title, saved_at)
   VALUES (:key, :record, :type, :base, :fields, :body, :title, :saved_at)
   ON CONFLICT (key) DO UPDATE SET record = excluded.record, type = excluded.type,
     base = excluded.base, fields = excluded.fields, body = excluded.body,
     title = excluded.title, saved_at = excluded.saved_at
     WHERE :any OR draft.saved_at = :over`,
);
const discardDraft = statement<[{ readonly key: string; readonly over: string | null }]>(
  "DELETE FROM draft WHERE key = :key AND (:over IS NULL OR saved_at = :over)",
);

/** Builds the handlers of the contract's `drafts` group. */
export function createDraftHandlers(deps: Dependencies): GroupHandlers<typeof contract> {
  const { clock, emit } = deps;
  const { local } = deps.databases;
  return {
    list: () =>
      everyDraft(local)
        .all()
        .map((row) => listed().parse(present(row))),
    get: ({ key }) => {
      const row = draftAt(local).get(key);
      if (row === undefined) return null;
      const { fields, body } = row;
      return draftSchema().parse({ ...present(row), fields: JSON.parse(fields), body });
    },
    save: ({ key, record, type, base, fields, body, over }) => {
      const savedAt = new Date(clock.now()).toISOString();
      const { changes } = saveDraft(local).run({
        key,
        record: record ?? null,
        type,
        base: base ?? null,
        fields: JSON.stringify(fields),
        body,
        title: titleOf(type, fields, () => null),
        saved_at: savedAt,
        over: over ?? null,
        any: over === undefined ? 1 : 0,
      });
      if (changes === 0) throw elsewhere();
      emit("drafts.changed", { key });
      return { savedAt };
    },
    discard: ({ key, over = null }) => {
      const { changes } = discardDraft(local).run({ key, over });
      if (changes > 0) emit("drafts.changed", { key });
      return {};
    },
  };
}

const listed = lazily(() => draftSchema().omit({ body: true, fields: true }));

/** A row as the contract names it; what is null in the table is absent there. */
function present(
  row: Omit<DraftRow, "fields" | "body">,
): Partial<z.input<ReturnType<typeof draftSchema>>> {
  const { key, type, title, saved_at: savedAt, record, base } = row;
  const draft = { key, type, title, savedAt };
  return { ...draft, ...(record === null ? {} : { record }), ...(base === null ? {} : { base }) };
}

function elsewhere(): ExpectedFailure {
  return new ExpectedFailure(
    "draft_elsewhere",
    "This page is being written in another window, too, and that window has saved its draft since. Save this one under a key of its own, so that neither is lost.",
  );
}
