/**
 * Admitting: answers the join requests in the folder that prove an open invitation. No request is
 * ever deleted; the roster says which of them have been answered.
 */
import { type Act, type ActOf } from "#shared/domain/roster/act.ts";
import type { RecordId } from "#shared/domain/ids.ts";
import type { Role } from "#shared/domain/roster/role.ts";
import {
  type Invitation,
  isActive,
  type Roster,
  standingOf,
} from "#shared/domain/roster/roster.ts";
import { decodeBase64Url } from "#shared/format/bytes.ts";
import { type JoinRequest, provenMessage } from "#shared/format/join-request.ts";
import { ExpectedFailure } from "#shared/rpc/wire.ts";
import type { Folder } from "../folder.ts";
import type { PeopleDependencies } from "./people-dependencies.ts";

export type Admitted = {
  readonly admitted: readonly {
    readonly person: RecordId;
    readonly name: string;
    readonly role: Role;
  }[];
  readonly refused: readonly { readonly name: string; readonly reason: string }[];
};

type Dependencies = Pick<
  PeopleDependencies,
  "databases" | "roster" | "acts" | "cryptography" | "clock" | "logger" | "requests"
>;

/** Admits whoever may be admitted by this device's person; nobody when they may admit nobody. */
export async function admitWaiting(folder: Folder, deps: Dependencies): Promise<Admitted> {
  const { databases, roster: source } = deps;
  const roster = source.rosterOf(databases.read);
  const admitted: Admitted["admitted"][number][] = [];
  const refused: Admitted["refused"][number][] = [];
  if (roster === undefined || !mayAdmit(roster, deps)) return { admitted, refused };
  for (const request of await waiting(folder, roster, deps)) {
    const answer = await answerTo(request, deps);
    if ("reason" in answer) refused.push(answer);
    else admitted.push(answer);
  }
  if (admitted.length > 0) deps.logger.info("people.admitted", { devices: admitted.length });
  return { admitted, refused };
}

function mayAdmit(roster: Roster, { databases, acts }: Dependencies): boolean {
  const { device, person } = acts.actor(databases.read);
  const own = roster.admissions.get(device)?.find((one) => isActive(one) && one.person === person);
  if (own === undefined) return false;
  const invites = [...roster.invitations.values()].some((one) => one.person === person);
  const roles = own.roles.filter((right) => right.ends.length === 0).map(({ role }) => role);
  return invites || roles.some((role) => role === "steward" || role === "lead");
}

/** The requests that are not answered yet; one for each device and invitation. */
async function waiting(
  folder: Folder,
  roster: Roster,
  { requests, clock }: Dependencies,
): Promise<readonly JoinRequest[]> {
  const found = await requests.in(folder, { library: roster.library, now: clock.now() });
  const open = found.filter((request) => !isAnswered(roster, request));
  const each = new Map(open.map((request) => [`${request.dev} ${request.invite}`, request]));
  return [...each.values()].toSorted((a, b) => (a.at < b.at ? -1 : 1));
}

function isAnswered(roster: Roster, { dev, invite }: JoinRequest): boolean {
  const admissions = roster.admissions.get(dev) ?? [];
  return admissions.some((one) => isActive(one) || one.invite === invite);
}

type Answer = Admitted["admitted"][number] | Admitted["refused"][number];

async function answerTo(request: JoinRequest, deps: Dependencies): Promise<Answer> {
  const { name, person } = request;
  let given: Role = "member";
  try {
    await deps.acts.write((roster) => {
      const invitation = requireInvitation(request, roster, deps);
      given = invitation.role;
      return [admission(request, invitation, roster)];
    });
  } catch (error) {
    if (error instanceof ExpectedFailure) return { name, reason: error.message };
    throw error;
  }
  return { person, name, role: given };
}

/** The open invitation that the request proves. */
function requireInvitation(
  request: JoinRequest,
  roster: Roster,
  { cryptography }: Dependencies,
): Invitation {
  const { invite, proof, ...unproven } = request;
  const invitation = roster.invitations.get(invite);
  const verify = cryptography.verifier(decodeBase64Url(invite));
  const proven = verify(provenMessage({ ...unproven, invite }), decodeBase64Url(proof));
  if (!proven) {
    throw refusal(
      "The request does not prove that it was invited, so it may be forged. Ask them whether it is theirs.",
    );
  }
  if (invitation === undefined) {
    throw refusal("There is no such invitation in this shared workspace. Invite them again.");
  }
  const isKnown = [...roster.admissions.values()]
    .flat()
    .some((one) => one.person === request.person);
  if (isKnown && invitation.person !== request.person) {
    throw refusal(
      "The request names somebody who is a member already and was not invited for them. Ask who sent it, and invite a further device for that person.",
    );
  }
  return invitation;
}

function admission(request: JoinRequest, invitation: Invitation, roster: Roster): Act {
  const { role, departments } = invitation;
  const isFurther = standingOf(roster, request.person).roles.length > 0;
  const given = departments === null ? { role } : { role, departments: [...departments] };
  const act: ActOf<"admit"> = {
    kind: "admit",
    person: request.person,
    name: request.name,
    device: request.dev,
    signingKey: request.key,
    agreementKey: request.agreementKey,
    roles: isFurther && invitation.person !== null ? [] : [given],
    invite: request.invite,
    brought: request.brought,
  };
  return act;
}

function refusal(sentence: string): ExpectedFailure {
  return new ExpectedFailure("refused", sentence);
}
