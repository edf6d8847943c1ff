/**
 * Whether a change counts: the one rule that every reader applies before it folds a change, and by
 * which every screen decides what to offer. It looks at the roster and at the record as it was just
 * before the change, and at nothing else; so devices with the same acts and changes agree.
 */
import { type Change, isKnownWrite, namedBy, removedPath, type Write } from "../change.ts";
import type { ChangeId, DeviceId, RecordId } from "../ids.ts";
import type { Json } from "../json.ts";
import { readPath } from "../path.ts";
import { own, type RecordState } from "../record-state.ts";
import { type Cut, rosterType } from "./act.ts";
import { refusalByRole, type Writing } from "./permissions.ts";
import type { Admission, Right, Roster } from "./roster.ts";

/** What is asked about: a change that was made, or one that is about to be. */
export type Asked = Pick<Change, "device" | "incarnation" | "sequence" | "author" | "record"> &
  Pick<Change, "type" | "writes" | "on"> & { readonly id?: ChangeId };

export type Judging = {
  /** Undefined while nothing is shared: then everything is allowed. */
  readonly roster: Roster | undefined;
  /** The record as it was just before; undefined for one that the change makes. */
  readonly before: RecordState | undefined;
  /** Whether the change lies on the chain that has the cut's value at the cut's sequence. */
  readonly liesBelow: (change: Asked, cut: Cut) => boolean;
  /** The device on which the record's id was made, as far as that can be told. */
  readonly makerOf: (record: RecordId, asked: DeviceId) => DeviceId | undefined;
};

export type Verdict =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly reason: "not_permitted" | "removed";
      /** What is not allowed, and what to do. */
      readonly sentence: string;
    };

const yes: Verdict = { ok: true };

/** Judges one change. */
export function allowed(change: Asked, judging: Judging): Verdict {
  const { roster } = judging;
  if (roster === undefined) return yes;
  if (change.type === rosterType) return allowedAct(change, roster);
  const admissions = (roster.admissions.get(change.device) ?? []).filter(
    (admission) => admission.person === change.author,
  );
  if (admissions.length === 0) return no("not_permitted", strangerSentence(change, roster));
  const counting = admissions.filter((one) => isWithin(change, one, judging));
  if (counting.length === 0) {
    return no(
      "removed",
      "This was written after its author or their device was removed. A steward can take it over under People and roles.",
    );
  }
  if (claimsAnothers(change, judging)) {
    return no(
      "not_permitted",
      "This says to have made a record that another device made, so it does not count. A steward should find out how it came about.",
    );
  }
  const rights = counting.flatMap(({ roles }) =>
    roles.filter((right) => isWithin(change, right, judging)),
  );
  const refusal = refusalByRole(writingOf(change, judging.before), roles(rights));
  if (refusal === undefined || isOwnFromBefore(change, counting, judging)) return yes;
  return no("not_permitted", refusal);
}

function no(reason: "not_permitted" | "removed", sentence: string): Verdict {
  return { ok: false, reason, sentence };
}

/** Whether an act counts was decided when the roster was worked out. */
function allowedAct({ id }: Asked, roster: Roster): Verdict {
  const refusal = id === undefined ? undefined : roster.refused.get(id);
  return refusal === undefined ? yes : no("not_permitted", refusal);
}

function strangerSentence({ device }: Asked, roster: Roster): string {
  return roster.admissions.has(device)
    ? "This was written in somebody else's name, so it does not count. A steward should find out whose device it is."
    : "The device that wrote this is not admitted to this shared workspace. It counts once a steward admits it.";
}

/** Whether the change came before every end, or was taken over. */
function isWithin(
  change: Asked,
  { ends }: Pick<Admission | Right, "ends">,
  judging: Judging,
): boolean {
  if (ends.length === 0) return true;
  const kept = ends.every((cuts) => cuts.some((cut) => isBelow(change, cut, judging)));
  if (kept) return true;
  const adoptions = judging.roster?.adoptions.get(change.device) ?? [];
  return adoptions.some(
    ({ from, end }) => change.sequence >= from && isBelow(change, end, judging),
  );
}

function isBelow(change: Asked, cut: Cut, { liesBelow }: Judging): boolean {
  const [device, incarnation, sequence] = cut;
  return (
    change.device === device &&
    change.incarnation === incarnation &&
    change.sequence <= sequence &&
    liesBelow(change, cut)
  );
}

/** What somebody wrote into their own records before they came stays as it is. */
function isOwnFromBefore(
  change: Asked,
  admissions: readonly Admission[],
  judging: Judging,
): boolean {
  const { before } = judging;
  if (before !== undefined && before.created.author !== change.author) return false;
  return admissions.some(({ brought }) => brought.some((cut) => isBelow(change, cut, judging)));
}

/** Only what makes a record names nothing; an id tells which device made it. */
function claimsAnothers(change: Asked, { before, makerOf }: Judging): boolean {
  if (before !== undefined || namedBy(change).length > 0) return false;
  const maker = makerOf(change.record, change.device);
  return maker !== undefined && maker !== change.device;
}

function roles(rights: readonly Right[]) {
  const led = rights.filter((right) => right.role === "lead");
  return {
    roles: new Set(rights.map((right) => right.role)),
    leads: new Set(led.flatMap((right) => right.departments ?? [])),
  };
}

function writingOf(change: Asked, before: RecordState | undefined): Writing {
  const { author, record, writes } = change;
  const fresh = before === undefined;
  return {
    author,
    record,
    type: before?.type ?? change.type,
    fresh,
    own: fresh || before.created.author === author || valueOf(before, "owner_id") === author,
    department: fresh
      ? textIn(written(writes, "department_id"))
      : textIn(valueOf(before, "department_id")),
    fields: new Set(writes.map((write) => fieldOf(write))),
    status: textIn(written(writes, "status")),
    groundless: fresh && namedBy(change).length > 0,
    votesForOthers: votes(writes).some((vote) => vote !== author),
  };
}

function fieldOf({ path }: Write): string {
  return path === removedPath ? path : readPath(path).field;
}

function valueOf(state: RecordState, path: string): Json | undefined {
  return own(state.registers, path)?.[0]?.value;
}

function written(writes: readonly Write[], path: string): Json | undefined {
  for (const write of writes.toReversed()) {
    if (isKnownWrite(write) && write.kind === "set" && write.path === path) return write.value;
  }
  return undefined;
}

function votes(writes: readonly Write[]): readonly unknown[] {
  return writes.flatMap((write) => {
    if (!isKnownWrite(write) || write.kind !== "members" || write.path !== "votes") return [];
    return [...write.add, ...write.remove.map((removal) => removal.value)];
  });
}

function textIn(value: Json | undefined): RecordId | string | null {
  return typeof value === "string" ? value : null;
}
