/**
 * Local writes in a shared workspace are held to the rule that every reader applies, so that nobody
 * writes what no colleague would see; and screens learn beforehand what it allows.
 */
import type { RecordView } from "#shared/contract/record-shapes.ts";
import type { ChangeBody } from "#shared/domain/change.ts";
import { removedPath, type Write } from "#shared/domain/change.ts";
import { deviceIdSchema, recordIdSchema } from "#shared/domain/ids.ts";
import type { RecordState } from "#shared/domain/record-state.ts";
import type { Verdict } from "#shared/domain/roster/allowed.ts";
import { ExpectedFailure } from "#shared/rpc/wire.ts";
import type { Readable } from "../../db/database.ts";
import { readWorkspace } from "../../workspace/workspace-row.ts";
import type { RosterSource, Verdicts } from "./roster-source.ts";

export type Draft = Pick<ChangeBody, "record" | "type" | "writes">;

/** What this device's person may do with a record. */
export type May = RecordView["may"];

export type Permit = {
  /** Fails with `not_permitted` for the first draft that would not count. */
  readonly require: (
    db: Readable,
    drafts: readonly Draft[],
    stateOf: (record: Draft["record"]) => RecordState | undefined,
  ) => void;
  readonly mayOf: (db: Readable, state: RecordState) => May;
};

/** Builds it over the roster. Where nothing is shared everything is permitted. */
export function createPermit(roster: Pick<RosterSource, "rosterOf" | "verdictsOf">): Permit {
  return {
    require: (db, drafts, stateOf) => {
      if (roster.rosterOf(db) === undefined) return;
      const verdicts = roster.verdictsOf(db);
      for (const draft of drafts) {
        const verdict = verdictOn(db, draft, { verdicts, before: stateOf(draft.record) });
        if (!verdict.ok) throw refusal(verdict);
      }
    },
    mayOf: (db, state) => {
      if (roster.rosterOf(db) === undefined) return everything;
      const verdicts = roster.verdictsOf(db);
      const refusalOf = (write: Write) => {
        const draft = { record: state.id, type: state.type, writes: [write] };
        const verdict = verdictOn(db, draft, { verdicts, before: state });
        return verdict.ok ? undefined : verdict.sentence;
      };
      const edit = refusalOf({ kind: "set", path: "title", value: "", after: [] });
      const publish = refusalOf({ kind: "set", path: "status", value: "published", after: [] });
      const remove = refusalOf({ kind: "set", path: removedPath, value: null, after: [] });
      const why = {
        ...(edit !== undefined && { edit }),
        ...(publish !== undefined && { publish }),
        ...(remove !== undefined && { remove }),
      };
      return {
        edit: edit === undefined,
        publish: publish === undefined,
        remove: remove === undefined,
        ...(Object.keys(why).length > 0 && { why }),
      };
    },
  };
}

const everything: May = { edit: true, publish: true, remove: true };

type Judging = { readonly verdicts: Verdicts; readonly before: RecordState | undefined };

/** The verdict on a change that this device would write now. */
function verdictOn(db: Readable, draft: Draft, { verdicts, before }: Judging): Verdict {
  const writer = readWorkspace(db);
  if (writer === undefined) return { ok: true };
  const asked = {
    ...draft,
    device: deviceIdSchema.parse(writer.device),
    author: recordIdSchema.parse(writer.person_id),
    incarnation: writer.incarnation,
    // Beyond every cut that anybody can have made.
    sequence: Number.MAX_SAFE_INTEGER,
  };
  return verdicts(asked, before);
}

function refusal({ reason, sentence }: Extract<Verdict, { ok: false }>): ExpectedFailure {
  return new ExpectedFailure(
    "not_permitted",
    reason === "removed"
      ? "You or this device were removed from this shared workspace, so nothing was written: nobody would see it. Talk to a steward if that was a mistake; what is here stays readable."
      : `Nothing was written. ${sentence}`,
  );
}
