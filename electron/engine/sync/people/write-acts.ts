/**
 * Acts of this device's person: each is judged before it is written, goes into the own stream like
 * any other change, and has what it changes about other devices judged again.
 */
import type { GuildhallEmit } from "#shared/contract/index.ts";
import type { DeviceId, IdSource } from "#shared/domain/ids.ts";
import { recordIdSchema } from "#shared/domain/ids.ts";
import { type Act, actWrite, type Cut, rosterType } from "#shared/domain/roster/act.ts";
import { type Actor, devicesOf, type Roster } from "#shared/domain/roster/roster.ts";
import { encodeBase64Url } from "#shared/format/bytes.ts";
import { ExpectedFailure } from "#shared/rpc/wire.ts";
import type { Databases, Readable } from "../../db/database.ts";
import type { Identity } from "../../identity/identity.ts";
import type { ChangeLog } from "../../log/change-log.ts";
import { readWorkspace } from "../../workspace/workspace-row.ts";
import type { Intake } from "../intake.ts";
import { devicesThatDiffer, type RosterSource } from "./roster-source.ts";

export type ActWriter = {
  /**
   * Writes the acts that `plan` makes of the roster as it is inside the transaction. Fails with
   * `not_shared` and `not_permitted`.
   */
  readonly write: (plan: (roster: Roster, db: Readable) => readonly Act[]) => Promise<void>;
  /** Who acts here; fails with `not_shared` where nobody can. */
  readonly actor: (db: Readable) => Actor;
};

type Dependencies = {
  readonly databases: Pick<Databases, "read" | "queue">;
  readonly log: Pick<ChangeLog, "append">;
  readonly identity: Pick<Identity, "device">;
  readonly intake: Pick<Intake, "judgeAgain">;
  readonly roster: RosterSource;
  readonly clock: IdSource;
  readonly emit: GuildhallEmit;
};

/** Builds the writer. */
export function createActWriter(deps: Dependencies): ActWriter {
  const { databases, log, roster: source, clock } = deps;

  function actor(db: Readable): Actor {
    const workspace = readWorkspace(db);
    const device = deps.identity.device();
    if (workspace === undefined || device === undefined) throw notShared();
    return { device: device.id, person: recordIdSchema.parse(workspace.person_id) };
  }

  return {
    actor,
    write: async (plan) => {
      const { before, after } = await databases.queue.run((db) => {
        const before = requireRoster(source, db);
        for (const act of plan(before, db)) {
          const roster = requireRoster(source, db);
          const refusal = roster.refusalOf(actor(db), act, clock.now());
          if (refusal !== undefined) throw new ExpectedFailure("not_permitted", refusal);
          const writes = [actWrite(act, roster.heads)];
          log.append(db, [{ record: roster.library, type: rosterType, writes }]);
        }
        return { before, after: requireRoster(source, db) };
      });
      const devices = devicesThatDiffer(before, after);
      if (devices.length > 0) await judgeAgain(deps, devices);
      deps.emit("sharing.changed", {});
    },
  };
}

/** What the devices wrote is folded anew, and screens hear of it. */
export async function judgeAgain(
  { intake, emit }: Pick<Dependencies, "intake" | "emit">,
  devices: readonly DeviceId[],
): Promise<void> {
  const { records } = await intake.judgeAgain(devices);
  if (records.length > 0) emit("records.changed", { ids: null, types: null });
}

/** The roster; fails with `not_shared` where there is none. */
export function requireRoster(source: RosterSource, db: Readable): Roster {
  return source.rosterOf(db) ?? throwNotShared();
}

function throwNotShared(): never {
  throw notShared();
}

function notShared(): ExpectedFailure {
  return new ExpectedFailure(
    "not_shared",
    "This workspace is not shared with anybody yet. Start sharing in an empty folder, or join a shared workspace with an invitation's code.",
  );
}

/** The ends of everything that these devices wrote, as far as it is here. */
export function cutsOf(
  intake: Pick<Intake, "streamEnds">,
  db: Readable,
  devices: readonly DeviceId[],
): Cut[] {
  const wanted = new Set<string>(devices);
  return intake
    .streamEnds(db)
    .filter(({ device }) => wanted.has(device))
    .map(({ device, incarnation, sequence, chain }) => [
      device,
      incarnation,
      sequence,
      encodeBase64Url(chain),
    ]);
}

/** The devices of a person, removed ones too. */
export function deviceIdsOf(roster: Roster, person: Actor["person"]): readonly DeviceId[] {
  return [...new Set(devicesOf(roster, person).map(({ device }) => device))];
}
