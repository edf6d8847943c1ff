/** What this device has written, and what is in its log that others wrote. */
import { recordIdSchema } from "#shared/domain/ids.ts";
import type { ActOf } from "#shared/domain/roster/act.ts";
import { encodeBase64Url } from "#shared/format/bytes.ts";
import { limits } from "#shared/format/limits.ts";
import { ExpectedFailure } from "#shared/rpc/wire.ts";
import { statement } from "../../db/statement.ts";
import { readWorkspace } from "../../workspace/workspace-row.ts";
import type { PeopleDependencies } from "./people-dependencies.ts";

/** Below and above the own device, so that the index answers. */
const foreign = statement<[{ readonly own: string }], { readonly found: number }>(
  "SELECT 1 AS found FROM change_log WHERE device < :own OR device > :own LIMIT 1",
);

type Dependencies = Pick<PeopleDependencies, "databases" | "identity" | "intake">;

/**
 * Refuses a workspace that holds changes of other devices: nobody here could sign them for a new
 * library, so its members would never see them.
 */
export function requireOwnStreams({ databases, identity }: Dependencies): void {
  const device = identity.device();
  if (identity.state() !== "ready" || device === undefined) throw locked();
  if (foreign(databases.read).get({ own: device.id }) === undefined) return;
  throw new ExpectedFailure(
    "foreign_changes",
    "Part of this workspace was written by other devices or with other keys, which cannot be brought into another shared workspace. Export it, start a fresh profile, import it there and share that one; or join the shared workspace it came from.",
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
