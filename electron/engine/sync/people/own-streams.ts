/** What this device has written, and what is in its log that others wrote. */
import { recordIdSchema } from "#shared/domain/ids.ts";
import type { ActOf } from "#shared/domain/roster/act.ts";
import { encodeBase64Url } from "#shared/format/bytes.ts";
import { limits } from "#shared/format/limits.ts";
import { ExpectedFailure } from "#shared/rpc/wire.ts";
import { statement } from "../../db/statement.ts";
import { renameBases } from "../../drafts/rename-bases.ts";
import { createBreath } from "../../jobs/breath.ts";
import { writeAnew } from "../../log/write-anew.ts";
import { beginIncarnation, forgetMarks } from "../../workspace/resume-workspace.ts";
import { readWorkspace } from "../../workspace/workspace-row.ts";
import { segmentStreams } from "../segment-rows.ts";
import type { PeopleDependencies } from "./people-dependencies.ts";

/** Below and above the own device, so that the index answers. */
const foreign = statement<[{ readonly own: string }], { readonly found: number }>(
  "SELECT 1 AS found FROM change_log WHERE device < :own OR device > :own LIMIT 1",
);

type Dependencies = Pick<PeopleDependencies, "databases" | "identity" | "intake">;

/**
 * Sees to it that everything here can be signed for a new library. What this person wrote with keys
 * that were replaced before anything was shared is written anew with those of now; a workspace that
 * holds what others wrote is refused, since nobody here could sign it and no member would see it.
 */
export async function requireOwnStreams(deps: Taking): Promise<void> {
  const { databases, identity, cryptography, clock, projections } = deps;
  const device = identity.device();
  if (identity.state() !== "ready" || device === undefined) throw locked();
  if (foreign(databases.read).get({ own: device.id }) === undefined) return;
  const wasShared = segmentStreams(databases.read).get() !== undefined;
  if (wasShared || writtenByOthers(deps)) throw ofOthers();
  const breathe = createBreath();
  const names = await databases.queue.runLong(async (db) => {
    beginIncarnation(db, { databases, randomBytes: clock.randomBytes }, device);
    const incarnation = readWorkspace(db)?.incarnation ?? 0;
    const hand = { device: device.id, incarnation, cryptography, sign: identity.sign, breathe };
    const renamed = await writeAnew(db, hand);
    const control = { report: () => undefined, cancelled: () => false, breathe };
    await projections.rebuild(db, control);
    return renamed;
  });
  renameBases(databases.local, names);
  // How far the old streams once reached says nothing any more.
  forgetMarks(databases);
  deps.logger.info("people.written_anew");
  // Whoever has a record open knows it by versions that have other names now.
  deps.emit("records.changed", { ids: null, types: null });
}

type Taking = Dependencies &
  Pick<PeopleDependencies, "cryptography" | "clock" | "projections" | "log" | "logger" | "emit">;

/** Anything that is another person's stays theirs. */
function writtenByOthers({ databases, log }: Taking): boolean {
  const own = readWorkspace(databases.read)?.person_id;
  for (const { author } of log.all(databases.read)) if (author !== own) return true;
  return false;
}

function ofOthers(): ExpectedFailure {
  return new ExpectedFailure(
    "foreign_changes",
    "Part of this workspace was written by other people or other devices, which cannot be brought into another shared workspace. Export it, start a fresh profile, import it there and share that one; or join the shared workspace it came from.",
  );
}

function locked(): ExpectedFailure {
  return new ExpectedFailure(
    "locked",
    "This device's keys are locked, so nothing can be signed and nothing was shared. Unlock them with the passphrase first.",
  );
}

/** The ends of this device's streams, as an admission names them. */
export function broughtHere({ databases, identity, intake }: Dependencies): Brought {
  const own = identity.device()?.id;
  return intake
    .streamEnds(databases.read)
    .filter(({ device }) => device === own)
    .slice(0, limits.brought)
    .map(({ incarnation, sequence, chain }) => [incarnation, sequence, encodeBase64Url(chain)]);
}

type Brought = ActOf<"admit">["brought"];

/** The root's act that takes this device's person in as a steward. */
export function stewardAdmission(
  deps: Dependencies & Pick<PeopleDependencies, "nameOf">,
): ActOf<"admit"> {
  const { databases, identity } = deps;
  const workspace = readWorkspace(databases.read);
  const device = identity.device();
  if (workspace === undefined || device === undefined) {
    throw new Error("There is nobody here to be taken in.");
  }
  return {
    kind: "admit",
    person: recordIdSchema.parse(workspace.person_id),
    name: deps.nameOf(databases.read, workspace.person_id),
    device: device.id,
    signingKey: encodeBase64Url(device.signingKey),
    agreementKey: encodeBase64Url(device.agreementKey),
    roles: [{ role: "steward" }],
    brought: broughtHere(deps),
  };
}
