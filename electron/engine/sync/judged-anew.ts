/**
 * Which records have to be folded anew because of what came, besides those that it wrote to. A
 * change is judged by the roster and by what is known of its stream; both grow.
 */
import { type DeviceId, type RecordId, recordIdSchema } from "#shared/domain/ids.ts";
import type { Readable } from "../db/database.ts";
import { statement } from "../db/statement.ts";
import { isMadeOn } from "../records/record-ids.ts";
import type { ReadRoster, RosterNow } from "./roster-source.ts";

const newestPosition = statement<[], { readonly position: number | null }>(
  "SELECT max(position) AS position FROM change_log",
);
const recordsOfDevice = statement<[device: string, until: number], { readonly record: string }>(
  `SELECT DISTINCT record FROM change_log
   WHERE device = ? AND position <= ? AND record NOT IN (SELECT id FROM library)`,
);
const pageOfWriters = statement<
  [after: number, until: number],
  { readonly position: number; readonly record: string; readonly device: string }
>(
  `SELECT position, record, device FROM change_log
   WHERE position > ? AND position <= ? ORDER BY position LIMIT 500`,
);

/** How things stood before something came. */
export type StoodBefore = {
  /** How far the log reached. */
  readonly since: number;
  readonly roster: RosterNow | undefined;
  readonly branches: ReadonlyMap<DeviceId, string>;
};

/** Ask before anything of these devices is stored. */
export function standBefore(
  db: Readable,
  devices: Iterable<DeviceId>,
  readRoster: ReadRoster | undefined,
): StoodBefore {
  const roster = readRoster?.(db);
  const branches = new Map<DeviceId, string>();
  for (const device of devices) branches.set(device, roster?.branchesOf(device) ?? "");
  return { since: newestPosition(db).get()?.position ?? 0, roster, branches };
}

/**
 * The records that were here before and may be judged otherwise now, found piece by piece; `acts`
 * says whether the roster has changed.
 */
export function* judgedAnew(
  db: Readable,
  before: StoodBefore,
  { readRoster, acts }: { readonly readRoster: ReadRoster | undefined; readonly acts: boolean },
): Generator<unknown, ReadonlySet<RecordId>> {
  const roster = readRoster?.(db);
  if (roster === undefined) return new Set();
  const differing = acts ? roster.differingFrom(before.roster) : [];
  const standing = before.roster?.standingOf ?? (() => "unknown");
  const newcomers = differing.filter((device) => standing(device) === "unknown");
  const branched = [...before.branches.keys()].filter(
    (device) => roster.branchesOf(device) !== before.branches.get(device),
  );
  const writers = new Set([...differing, ...branched]);
  return yield* recordsJudgedBy(db, { writers, newcomers, until: before.since });
}

type Changed = {
  /** Whose changes may be judged otherwise. */
  readonly writers: Iterable<DeviceId>;
  /** Who may be known as the maker of records only now. */
  readonly newcomers: readonly DeviceId[];
  /** As far as the log reached at this position. */
  readonly until?: number;
};

/** The records of the writers, and those that others say to have made though a newcomer did. */
export function* recordsJudgedBy(
  db: Readable,
  { writers, newcomers, until = Number.MAX_SAFE_INTEGER }: Changed,
): Generator<unknown, ReadonlySet<RecordId>> {
  const records = new Set(yield* claimedFrom(db, newcomers, until));
  for (const device of writers) {
    for (const { record } of recordsOfDevice(db).all(device, until)) {
      records.add(recordIdSchema.parse(record));
    }
    yield;
  }
  return records;
}

/** An id tells for which device it was made, and nothing else does: all of them are looked at. */
function* claimedFrom(
  db: Readable,
  newcomers: readonly DeviceId[],
  until: number,
): Generator<unknown, readonly RecordId[]> {
  const claimed: RecordId[] = [];
  let page = newcomers.length === 0 ? [] : pageOfWriters(db).all(0, until);
  while (page.length > 0) {
    for (const { record, device } of page) {
      const id = recordIdSchema.parse(record);
      if (!isMadeOn(device, id) && newcomers.some((one) => isMadeOn(one, id))) claimed.push(id);
    }
    yield;
    page = pageOfWriters(db).all(page.at(-1)?.position ?? until, until);
  }
  return claimed;
}
