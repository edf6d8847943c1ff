/** The intake over `workspace.db`; see intake.ts for what it promises. */
import { heardTimestamp, type Timestamp, timestampSchema } from "#shared/domain/clock.ts";
import { type DeviceId, deviceIdSchema } from "#shared/domain/ids.ts";
import type { Databases, Readable, Writable } from "../db/database.ts";
import { keptReading } from "../db/kept-reading.ts";
import { statement } from "../db/statement.ts";
import type { PublicDevice } from "../identity/identity.ts";
import { clockRow, setClock } from "../log/log-statements.ts";
import type { Projections } from "../projections/projections.ts";
import type { Intake, Received, SharedFile, StreamEnd } from "./intake.ts";
import { type Fate, type Part, partsOf, verdictsOf } from "./open-files.ts";
import { inPieces } from "./in-pieces.ts";
import { judgedAnew, recordsJudgedBy, standBefore } from "./judged-anew.ts";
import * as rows from "./segment-rows.ts";
import { takeParts, type TakeDependencies, type Taken } from "./take-parts.ts";
import type { Verifying } from "./verify-segment.ts";

export type IntakeDependencies = TakeDependencies & {
  readonly databases: Pick<Databases, "read" | "queue" | "version">;
  readonly projections: Pick<Projections, "receive" | "refold" | "relieve" | "finish">;
  /**
   * Signs what this device wrote and has not signed yet; false where the keys are locked and there is
   * some. Where two copies of the device wrote, their branches are told apart by what was signed.
   */
  readonly seal?: (db: Writable) => boolean;
  /** See `Verifying`. */
  readonly hashes?: boolean;
  /** Lets this device write a new incarnation from here on. */
  readonly beginIncarnation: (db: Writable, device: PublicDevice) => void;
};

const noBreath = () => Promise.resolve();

const countRefusals = statement<[], { readonly refusals: number }>(
  "SELECT count(*) AS refusals FROM refusal",
);
const writerRow = statement<[], { readonly device: string; readonly incarnation: number }>(
  "SELECT device, incarnation FROM workspace",
);
const lastSequence = statement<
  [device: string, incarnation: number],
  { readonly last: number | null }
>("SELECT max(sequence) AS last FROM change_log WHERE device = ? AND incarnation = ?");

/** Builds the intake. */
export function createIntake(deps: IntakeDependencies): Intake {
  const { queue } = deps.databases;
  return {
    accept: (files, breathe = noBreath) => accept(deps, files, breathe),
    retryHeld: async (breathe = noBreath) => {
      const held = rows.heldSegments(deps.databases.read).all();
      const files = held.flatMap(({ id }) => {
        const row = rows.segmentBytes(deps.databases.read).get(id);
        return row === undefined ? [] : [{ path: "", bytes: row.bytes }];
      });
      return accept(deps, files, breathe);
    },
    judgeAgain: (devices, breathe = noBreath) =>
      queue.runLong(async (db) => {
        const judged = recordsJudgedBy(db, { writers: devices, newcomers: devices });
        const records = await inPieces(judged, breathe);
        await inPieces(deps.projections.refold(db, records), breathe);
        await inPieces(deps.projections.finish(db), breathe);
        return { records: [...records] };
      }),
    streamEnds: keptReading(deps.databases, streamEnds),
    forked: keptReading(deps.databases, (db) => rows.forkedDevices(db).all().map(deviceOf)),
    chainsAt: (db, { device, incarnation, sequence }) =>
      rows
        .chainsAtPlace(db)
        .all(device, incarnation, sequence)
        .map((row) => row.chain),
  };
}

function deviceOf({ device }: { readonly device: string }): DeviceId {
  return deviceIdSchema.parse(device);
}

/** Streams that nobody can be sent are this profile's own business and have no segment. */
function streamEnds(db: Readable): readonly StreamEnd[] {
  const writer = writerRow(db).get();
  const shared = new Set(
    rows
      .segmentStreams(db)
      .all()
      .map(({ device, incarnation }) => `${device}-${incarnation}`),
  );
  return rows
    .allEnds(db)
    .all()
    .filter(
      ({ device, incarnation }) =>
        device === writer?.device || shared.has(`${device}-${incarnation}`),
    )
    .map((end) => ({ ...end, device: deviceOf(end) }));
}

type Breathe = () => Promise<void>;

async function accept(
  deps: IntakeDependencies,
  files: readonly SharedFile[],
  breathe: Breathe,
): Promise<Received> {
  const library = rows.libraryRow(deps.databases.read).get()?.id;
  const { cryptography, hashes } = deps;
  const verifying: Verifying = {
    cryptography,
    library,
    verifiers: new Map(),
    ...(hashes === false && { hashes }),
  };
  const parts: Part[] = [];
  for (const [index, file] of files.entries()) {
    for (const part of partsOf(file, index, verifying)) {
      parts.push(part);
      await breathe();
    }
  }
  const turned = parts.flatMap(({ file, found }): readonly Fate[] => {
    if ("segment" in found) return [];
    return [{ file, outcome: "quarantined", ...found, changes: 0 }];
  });
  if (turned.length === parts.length) {
    const nothing = { records: [], refused: 0, acts: false, reborn: false };
    return { verdicts: verdictsOf(files, turned), ...nothing };
  }
  const taken = await deps.databases.queue.runLong((db) => take(deps, db, { parts, breathe }));
  const { fates, ...rest } = taken;
  return { verdicts: verdictsOf(files, [...turned, ...fates]), ...rest };
}

type Handed = { readonly parts: readonly Part[]; readonly breathe: Breathe };

/** Stores and folds; all of it inside one transaction. */
async function take(
  deps: IntakeDependencies,
  db: Writable,
  { parts, breathe }: Handed,
): Promise<Omit<Received, "verdicts"> & Pick<Taken, "fates">> {
  const refusals = countRefusals(db).get()?.refusals ?? 0;
  const before = standBefore(db, devicesOf(parts), deps.roster);
  const own = deps.identity.device()?.id;
  const ownCame = parts.some(({ found }) => "segment" in found && found.segment.fields.dev === own);
  const sealed = !ownCame || deps.seal?.(db) !== false;
  const taken = await takeParts(deps, db, { parts, breathe, ownWaits: !sealed });
  // Even where more of the same record came just now.
  const judged = judgedAnew(db, before, { readRoster: deps.roster, acts: taken.acts });
  const affected = await inPieces(judged, breathe);
  await inPieces(deps.projections.receive(db, taken.bodies.arrivals(), before.since), breathe);
  await inPieces(deps.projections.refold(db, affected), breathe);
  await inPieces(deps.projections.finish(db), breathe);
  if (taken.latest !== undefined) hear(db, taken.latest, deps.clock.now());
  return {
    fates: taken.fates,
    records: [...new Set([...taken.bodies.records(), ...affected])],
    refused: Math.max(0, (countRefusals(db).get()?.refusals ?? 0) - refusals),
    acts: taken.acts,
    reborn: beginAnewIfCopied(deps, db),
  };
}

function devicesOf(parts: readonly Part[]): ReadonlySet<DeviceId> {
  return new Set(
    parts.flatMap(({ found }) =>
      "segment" in found ? [deviceIdSchema.parse(found.segment.fields.dev)] : [],
    ),
  );
}

/** What is written from now on comes after what was heard, within the bounds of the clock. */
function hear(db: Writable, latest: Timestamp, wall: number): void {
  const last = clockRow(db).get()?.last;
  const known = last === undefined ? undefined : timestampSchema.parse(last);
  const next = heardTimestamp(known, latest, wall);
  if (next !== known) setClock(db).run(next);
}

/**
 * A copy of this device, or this device before a backup was put back, wrote what this one does not
 * have the like of, or somebody says to have had more of it: going on in the same stream would fork
 * it further, so another life begins.
 */
function beginAnewIfCopied(deps: IntakeDependencies, db: Writable): boolean {
  const writer = writerRow(db).get();
  const device = deps.identity.device();
  if (writer === undefined || device === undefined || device.id !== writer.device) return false;
  const last = lastSequence(db).get(writer.device, writer.incarnation)?.last ?? 0;
  const ends = rows.endsOfStream(db).all(writer.device, writer.incarnation);
  const forked = rows.forkOfStream(db).get(writer.device, writer.incarnation) !== undefined;
  const whole = last === 0 || (ends.length === 1 && ends[0]?.sequence === last);
  const reach = deps.roster?.(db)?.reachOf(device.id, writer.incarnation) ?? 0;
  if (whole && !forked && reach <= last) return false;
  deps.beginIncarnation(db, device);
  return true;
}
