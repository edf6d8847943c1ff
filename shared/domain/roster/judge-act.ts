/** Whether an act counts, by what its author stood for at that moment. */
import type { RecordId } from "../ids.ts";
import type { Act, ActOf } from "./act.ts";
import { type Authority, refusalOf } from "./authority.ts";
import type { Actor } from "./roster.ts";
import type { GivenAdmission, GivenRight, Moment, RosterContext } from "./given.ts";

type Asked = { readonly who: Actor; readonly act: Act | null; readonly moment: Moment };

/** Why it does not count, as a sentence; undefined when it does. */
export function refusalOfAct(context: RosterContext, asked: Asked): string | undefined {
  const { who, act, moment } = asked;
  if (act === null) return undefined;
  const authority = authorityOf(context, who, moment);
  if (authority === undefined) {
    return "Whoever did this was not a member with this device then, so it does not count. A steward can do it again.";
  }
  const refusal = refusalOf(act, authority);
  if (refusal !== undefined || act.kind !== "admit") return refusal;
  return refusalOfAdmission(context, { act, moment, authority });
}

/** What the actor stood for; undefined for nobody that belongs to the library. */
export function authorityOf(
  context: RosterContext,
  who: Actor,
  moment: Moment,
): Authority | undefined {
  const { root, library } = context.founding;
  const isRoot = who.device === root && who.person === library;
  const admission = admissionOf(context, who, moment);
  if (admission === undefined && !isRoot) return undefined;
  const rolesOf = (person: RecordId) =>
    (context.rights.get(person) ?? []).filter((right) => stands(right, moment));
  const own = admission === undefined ? [] : rolesOf(who.person);
  const counting = own.filter((right) => admission && countsOn(context, right, admission));
  const leads = counting.filter(({ given }) => given.role === "lead");
  return {
    ...who,
    steward: isRoot || counting.some(({ given }) => given.role === "steward"),
    leads: new Set(leads.flatMap(({ given }) => given.departments ?? [])),
    rolesOf: (person) => rolesOf(person).map(({ given }) => given),
    ownerOf: (device) => {
      const known = context.admissions.get(device)?.find(({ place }) => moment.knows(place));
      return known?.act.person;
    },
    invitationOf: (key) => {
      const invitation = context.invitations.get(key);
      if (invitation === undefined || !moment.knows(invitation.place)) return undefined;
      return { ...invitation.act, by: invitation.by.author };
    },
  };
}

/** The admission by which the actor speaks. */
export function admissionOf(
  context: RosterContext,
  { device, person }: Actor,
  moment: Moment,
): GivenAdmission | undefined {
  const admissions = context.admissions.get(device);
  return admissions?.find((one) => one.act.person === person && stands(one, moment));
}

/** Whether a role counts on a device. */
export function countsOn(
  { graph }: Pick<RosterContext, "graph">,
  right: GivenRight,
  { caps }: GivenAdmission,
): boolean {
  return caps.every((cap) => cap === right.place || graph.isBefore(cap, right.place));
}

/** Known then, and not taken away before or without knowing of it. */
function stands(
  gift: { readonly place: number; readonly cancelledBy: readonly number[] },
  moment: Moment,
): boolean {
  return moment.knows(gift.place) && gift.cancelledBy.every((place) => moment.precedes(place));
}

type AskedAdmission = {
  readonly act: ActOf<"admit">;
  readonly moment: Moment;
  readonly authority: Authority;
};

function refusalOfAdmission(
  context: RosterContext,
  { act, moment, authority }: AskedAdmission,
): string | undefined {
  const { steward, person } = authority;
  const isKnown = context.members.get(act.person)?.some((place) => moment.knows(place)) === true;
  if (!steward && act.person !== person && isKnown) {
    return "Only a steward may admit a device for somebody who is a member already. Ask a steward.";
  }
  if (act.invite === undefined) return undefined;
  const invitation = context.invitations.get(act.invite);
  if (invitation === undefined || !moment.knows(invitation.place)) {
    return "There is no such invitation in this shared workspace. Ask a steward for a new code.";
  }
  if (!stands(invitation, moment)) {
    return "The invitation was taken back, or whoever wrote it was removed. Ask a steward for a new code.";
  }
  if (moment.at > Date.parse(invitation.act.expires)) {
    return "The invitation has expired. Ask a steward for a new code.";
  }
  if (invitation.act.person !== undefined && invitation.act.person !== act.person) {
    return "The invitation is for a further device of somebody else. Ask a steward for a code of your own.";
  }
  return context.usedBy.has(act.invite)
    ? "The invitation has been used already; each one takes in one device. Ask a steward for a new code."
    : undefined;
}
