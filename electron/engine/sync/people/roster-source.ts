/**
 * The roster of this workspace, from the acts in its log, and the judgement of changes by it. It
 * keeps the last roster it worked out; whoever asks inside a transaction sees that transaction's acts.
 */
import type { Change } from "#shared/domain/change.ts";
import {
  type DeviceId,
  deviceIdSchema,
  type RecordId,
  recordIdSchema,
} from "#shared/domain/ids.ts";
import type { RecordState } from "#shared/domain/record-state.ts";
import { type Cut, readAct } from "#shared/domain/roster/act.ts";
import { allowed, type Asked, type Verdict } from "#shared/domain/roster/allowed.ts";
import { evaluateRoster } from "#shared/domain/roster/evaluate-roster.ts";
import { isActive, type Roster } from "#shared/domain/roster/roster.ts";
import type { Readable } from "../../db/database.ts";
import { statement } from "../../db/statement.ts";
import type { Cryptography } from "../../identity/cryptography.ts";
import { deviceIdOf } from "../../identity/identity.ts";
import type { ChangeLog } from "../../log/change-log.ts";
import type { Identity } from "../../identity/identity.ts";
import { isMadeOn } from "../../records/record-ids.ts";
import type { Judge } from "../../records/record-fold.ts";
import type { Standing } from "../intake.ts";
import type { ReadRoster, RosterNow } from "../roster-source.ts";
import { createBranches } from "./branches.ts";

/** Says of a change whether it counts, and why not; `before` is the record just before it. */
export type Verdicts = (change: Asked, before: RecordState | undefined) => Verdict;

export type RosterSource = {
  /** Undefined while nothing is shared. */
  readonly rosterOf: (db: Readable) => Roster | undefined;
  /** What the way in and the fold ask. */
  readonly readRoster: ReadRoster;
  /** For one transaction or one look: ask anew when the log has grown. */
  readonly verdictsOf: (db: Readable) => Verdicts;
  readonly standingOf: (db: Readable, device: DeviceId) => Standing;
  /** Devices that may write now, whoever's. */
  readonly activeDevices: (db: Readable) => readonly DeviceId[];
  readonly stewardDevices: (db: Readable) => readonly DeviceId[];
};

type Dependencies = {
  readonly log: Pick<ChangeLog, "ofRecord">;
  readonly identity: Pick<Identity, "device">;
  readonly cryptography: Cryptography;
};

/** Which library, and the last act that came: asked for every record that is folded. */
type Stand = {
  readonly id: string;
  readonly root: Uint8Array;
  readonly position: number | null;
  readonly chain: Uint8Array | null;
};

const standOf = statement<[], Stand>(
  `SELECT library.id, library.root_key AS root, act.position, act.chain
   FROM library LEFT JOIN change_log AS act
     ON act.position = (SELECT max(position) FROM change_log WHERE record = library.id)`,
);

/** Builds the source. */
export function createRosterSource({ log, identity, cryptography }: Dependencies): RosterSource {
  let kept: { readonly stand: Stand; readonly roster: Roster } | undefined;
  const rosters = new WeakMap<RosterNow, Roster>();

  function rosterOf(db: Readable): Roster | undefined {
    const stand = standOf(db).get();
    if (stand === undefined) return undefined;
    if (kept !== undefined && isSame(kept.stand, stand)) return kept.roster;
    const library = recordIdSchema.parse(stand.id);
    const acts = log.ofRecord(db, library).flatMap((change: Change) => readAct(change) ?? []);
    const founding = { library, root: deviceIdOf(cryptography, stand.root) };
    const roster = evaluateRoster(founding, acts);
    kept = { stand, roster };
    return roster;
  }

  function verdictsBy(roster: Roster, db: Readable): Verdicts {
    const own = identity.device()?.id;
    // While this device waits to be admitted, what it writes is its own business: nobody else has it.
    const waits = own === undefined || roster.admissions.has(own) ? undefined : own;
    const { liesBelow } = createBranches(db, cryptography);
    const makerOf = (record: RecordId, asked: DeviceId) => makerIn(roster, record, asked);
    return (change, before) =>
      change.device === waits
        ? { ok: true }
        : allowed(change, { roster, before, liesBelow, makerOf });
  }

  function active(db: Readable) {
    const admissions = rosterOf(db)?.admissions.values() ?? [];
    return [...admissions].flat().filter(isActive);
  }

  return {
    rosterOf,
    verdictsOf: (db) => {
      const roster = rosterOf(db);
      return roster === undefined ? () => ({ ok: true }) : verdictsBy(roster, db);
    },
    readRoster: (db) => {
      const roster = rosterOf(db);
      if (roster === undefined) return undefined;
      const verdict = verdictsBy(roster, db);
      const judge: Judge = (change, before) => {
        const answer = verdict(change, before);
        return answer.ok ? undefined : answer.reason;
      };
      const now: RosterNow = {
        judge,
        standingOf: (device) => standingIn(roster, device),
        differingFrom: (before) => devicesThatDiffer(before && rosters.get(before), roster),
        reachOf: (device, incarnation) =>
          cutsIn(roster, device).reduce(
            (reach, [, of, sequence]) => (of === incarnation ? Math.max(reach, sequence) : reach),
            0,
          ),
        branchesOf: (device) => {
          const { wordingOf } = createBranches(db, cryptography);
          return cutsIn(roster, device).map(wordingOf).join("\n");
        },
      };
      rosters.set(now, roster);
      return now;
    },
    standingOf: (db, device) => {
      const roster = rosterOf(db);
      return roster === undefined ? "unknown" : standingIn(roster, device);
    },
    activeDevices: (db) => [...new Set(active(db).map(({ device }) => device))],
    stewardDevices: (db) => [
      ...new Set(
        active(db)
          .filter(({ roles }) =>
            roles.some((right) => right.role === "steward" && right.ends.length === 0),
          )
          .map(({ device }) => device),
      ),
    ],
  };
}

/** Rows only ever come, and a transaction that failed leaves other ones at the same place. */
function isSame(one: Stand, other: Stand): boolean {
  if (one.id !== other.id || one.position !== other.position) return false;
  const [chain, second] = [one.chain ?? nothing, other.chain ?? nothing];
  return Buffer.compare(chain, second) === 0 && Buffer.compare(one.root, other.root) === 0;
}

const nothing = new Uint8Array(0);

/** The device that is asked about comes first: it is nearly always the one. */
function makerIn(roster: Roster, record: RecordId, asked: DeviceId): DeviceId | undefined {
  if (isMadeOn(asked, record)) return asked;
  return roster.admissions.keys().find((device) => isMadeOn(device, record));
}

function standingIn(roster: Roster, device: string): Standing {
  const id = deviceIdSchema.parse(device);
  if (id === roster.root) return "active";
  const admissions = roster.admissions.get(id) ?? [];
  if (admissions.length === 0) return "unknown";
  return admissions.some(isActive) ? "active" : "removed";
}

/** Every cut through a stream of the device that anything in the roster makes. */
function cutsIn(roster: Roster, device: DeviceId): readonly Cut[] {
  const admissions = roster.admissions.get(device) ?? [];
  const cuts = admissions.flatMap(({ ends, brought, roles }) => [
    ...ends.flat(),
    ...brought,
    ...roles.flatMap((right) => right.ends.flat()),
  ]);
  const adopted = (roster.adoptions.get(device) ?? []).map(({ end }) => end);
  return [...cuts, ...adopted].filter((cut) => cut[0] === device);
}

/** The devices of which another roster says something else, so that what they wrote is judged again. */
export function devicesThatDiffer(
  before: Roster | undefined,
  after: Roster | undefined,
): readonly DeviceId[] {
  const devices = new Set([
    ...(before?.admissions.keys() ?? []),
    ...(after?.admissions.keys() ?? []),
  ]);
  return [...devices].filter((device) => saidOf(before, device) !== saidOf(after, device));
}

function saidOf(roster: Roster | undefined, device: DeviceId): string {
  return JSON.stringify([
    roster?.admissions.get(device) ?? [],
    roster?.adoptions.get(device) ?? [],
  ]);
}
