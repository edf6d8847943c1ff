/**
 * From the acts to the roster: a pure function of the set of acts, so that whatever order they
 * arrive in, all devices agree.
 *
 * Removal is strong. Removing somebody, withdrawing a role and withdrawing an invitation are judged
 * by what their author stood for in what they knew; every other act is void when its author was
 * removed before it or without knowing of it. Two who remove each other are both removed. A removal
 * made by somebody who was being removed at the same time counts only against those who removed
 * them: a stolen key cannot afterwards throw everybody out. Coming back needs a new act that knows
 * of the removal. The root stands above everybody: nobody removes it, and what it gives is not
 * taken away by whoever did not know.
 */
import type { ChangeId } from "../ids.ts";
import type { Cut, RosterAct } from "./act.ts";
import { createActGraph } from "./act-graph.ts";
import { countsOn } from "./judge-act.ts";
import type { Given, GivenAdmission, GivenRight, RosterContext } from "./given.ts";
import { createContext, isCancelling, refusalAt, refusalNow } from "./roster-context.ts";
import type { Admission, Adoption, Founding, Invitation, Right, Roster } from "./roster.ts";

/** The roster that these acts make. */
export function evaluateRoster(founding: Founding, acts: readonly RosterAct[]): Roster {
  const graph = createActGraph(acts);
  const cancelling = new Set<number>();
  const refused = new Map<ChangeId, string>();
  for (const [place, { id, act }] of graph.acts.entries()) {
    if (!isCancelling(act)) continue;
    const includes = (other: number) => graph.isBefore(other, place);
    const refusal = refusalAt(createContext({ founding, graph, cancelling, includes }), place);
    if (refusal === undefined) cancelling.add(place);
    else refused.set(id, refusal);
  }
  const whole = createContext({ founding, graph, cancelling, includes: () => true });
  for (const [id, refusal] of whole.refused) refused.set(id, refusal);
  return rosterOf(whole, refused);
}

function rosterOf(whole: RosterContext, refused: ReadonlyMap<ChangeId, string>): Roster {
  const { founding, graph } = whole;
  const rights = new Map<GivenRight, Right>();
  for (const given of [...whole.rights.values()].flat()) rights.set(given, rightOf(given));
  const admissions = [...whole.admissions.values()].flat().map((given) => {
    const own = (whole.rights.get(given.act.person) ?? []).filter((right) =>
      countsOn(whole, right, given),
    );
    return admissionOf(
      given,
      own.flatMap((right) => rights.get(right) ?? []),
    );
  });
  const known = new Set(graph.acts.flatMap((act) => act.after));
  return {
    ...founding,
    admissions: Map.groupBy(admissions, (one) => one.device),
    rights: Map.groupBy(rights.values(), (one) => one.person),
    invitations: new Map(
      [...whole.invitations].map(([key, given]) => [key, invitationOf(whole, given)]),
    ),
    adoptions: Map.groupBy(whole.adoptions.map(adoptionOf), (one) => one.device),
    refused,
    waiting: graph.waiting,
    heads: graph.acts
      .map((act) => act.id)
      .filter((id) => !known.has(id))
      .toSorted(),
    refusalOf: (who, act, at) => refusalNow(whole, { who, act, at }),
  };
}

function admissionOf({ by, act, ends }: GivenAdmission, roles: readonly Right[]): Admission {
  const { person, name, device, signingKey, agreementKey, invite, brought } = act;
  return {
    act: by.id,
    at: by.at,
    by: by.author,
    person,
    name,
    device,
    signingKey,
    agreementKey,
    invite: invite ?? null,
    brought: brought.map(([inc, sequence, chain]): Cut => [device, inc, sequence, chain]),
    roles,
    ends,
  };
}

function rightOf({ by, person, given, ends }: GivenRight): Right {
  return {
    act: by.id,
    person,
    role: given.role,
    departments: given.departments ?? null,
    ends,
  };
}

function adoptionOf({ act }: Given<"adopt">): Adoption {
  const { device, inc, from, to, chain } = act;
  return { device, from, end: [device, inc, to, chain] };
}

function invitationOf(whole: RosterContext, { by, act, ends }: Given<"invite">): Invitation {
  const usedBy = whole.usedBy.get(act.key) ?? null;
  return {
    act: by.id,
    key: act.key,
    by: by.author,
    role: act.role,
    departments: act.departments ?? null,
    expires: act.expires,
    person: act.person ?? null,
    usedBy,
    withdrawn: usedBy === null && ends.length > 0,
  };
}
