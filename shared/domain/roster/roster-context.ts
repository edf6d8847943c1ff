/**
 * What follows from some of the acts: all of them, or those that the author of one act knew. It
 * keeps what each valid act gave; who may act is judged in judge-act.ts.
 */
import { timestampToMilliseconds } from "../clock.ts";
import type { RecordId } from "../ids.ts";
import type { Act, ActOf, RosterAct } from "./act.ts";
import type { ActGraph } from "./act-graph.ts";
import { type Cancellation, createCancelling, cutsOf, type Gift } from "./cancelling.ts";
import type { Moment, RosterContext } from "./given.ts";
import { admissionOf, authorityOf, refusalOfAct } from "./judge-act.ts";
import type { GivenRole, Role } from "./role.ts";
import type { Actor, Founding } from "./roster.ts";

type Asked = {
  readonly founding: Founding;
  readonly graph: ActGraph;
  /** The places of the removals and withdrawals that are valid. */
  readonly cancelling: ReadonlySet<number>;
  readonly includes: (place: number) => boolean;
};

/** Whether an act takes something away. */
export function isCancelling(act: Act | null): act is Cancellation["act"] {
  return act?.kind === "remove" || act?.kind === "withdraw" || act?.kind === "withdraw_invite";
}

/** Goes through the acts in causal order. */
export function createContext({ founding, graph, cancelling, includes }: Asked): RosterContext {
  const places = [...graph.acts.keys()].filter(includes);
  const cancellations = places.flatMap((place): readonly Cancellation[] => {
    const by = graph.acts[place];
    const valid = by !== undefined && cancelling.has(place) && isCancelling(by.act);
    return valid && isCancelling(by.act) ? [{ place, by, act: by.act }] : [];
  });
  const context: RosterContext = {
    founding,
    graph,
    admissions: new Map(),
    members: new Map(),
    rights: new Map(),
    invitations: new Map(),
    adoptions: [],
    usedBy: new Map(),
    refused: new Map(),
    ...createCancelling({ founding, graph, cancellations }),
  };
  for (const place of places) {
    const by = graph.acts[place];
    if (by === undefined || by.act === null || isCancelling(by.act)) continue;
    const refusal = refusalAt(context, place);
    if (refusal === undefined) take(context, { place, by }, by.act);
    else context.refused.set(by.id, refusal);
  }
  return context;
}

/** Why the act at a place does not count; undefined when it does. */
export function refusalAt(context: RosterContext, place: number): string | undefined {
  const by = context.graph.acts[place];
  if (by === undefined) return undefined;
  return refusalOfAct(context, { who: actorOf(by), act: by.act, moment: momentAt(context, place) });
}

/** The same of an act that somebody is about to make in knowledge of all others. */
export function refusalNow(
  context: RosterContext,
  { who, act, at }: { readonly who: Actor; readonly act: Act; readonly at: number },
): string | undefined {
  const moment = { knows: () => true, precedes: () => false, at };
  return refusalOfAct(context, { who, act, moment });
}

function actorOf({ device, author }: RosterAct): Actor {
  return { device, person: author };
}

function momentAt({ graph }: RosterContext, place: number): Moment {
  const by = graph.acts[place];
  return {
    knows: (other) => graph.isBefore(other, place),
    precedes: (other) => graph.isBefore(place, other),
    at: by === undefined ? 0 : timestampToMilliseconds(by.at),
  };
}

type Taking = { readonly place: number; readonly by: RosterAct };

function take(context: RosterContext, { place, by }: Taking, act: Act): void {
  switch (act.kind) {
    case "admit":
      return admit(context, { place, by, act });
    case "invite":
      return invite(context, { place, by, act });
    case "grant":
      return giveRight(context, { place, by, person: act.person, given: act });
    case "adopt":
      context.adoptions.push({ place, by, act, cancelledBy: [], ends: [] });
      return;
    case "remove":
    case "withdraw":
    case "withdraw_invite":
  }
}

function admit(context: RosterContext, taking: Taking & { readonly act: ActOf<"admit"> }): void {
  const { place, by, act } = taking;
  const { person, device, roles } = act;
  const held = holding(context, { place, person, device });
  add(context.admissions, device, { ...taking, caps: capsOf(context, taking), ...held });
  add(context.members, person, place);
  for (const given of roles) giveRight(context, { place, by, person, given });
  if (act.invite !== undefined) context.usedBy.set(act.invite, by.id);
}

/** A steward vouches for every role of the person; a person for what their own device has. */
function capsOf(
  context: RosterContext,
  { place, by, act }: Taking & { readonly act: ActOf<"admit"> },
): readonly number[] {
  const moment = momentAt(context, place);
  if (authorityOf(context, actorOf(by), moment)?.steward === true) return [];
  const own = act.person === by.author ? admissionOf(context, actorOf(by), moment) : undefined;
  return own === undefined ? [place] : own.caps;
}

function invite(context: RosterContext, taking: Taking & { readonly act: ActOf<"invite"> }): void {
  const { place, by, act } = taking;
  if (context.invitations.has(act.key)) return;
  const authority = authorityOf(context, actorOf(by), momentAt(context, place));
  const role = authority?.steward === true ? "steward" : "lead";
  // Everybody may invite a device of their own; for others it takes a role, and ends with it.
  const roles: readonly Role[] = act.person === by.author ? [] : [role];
  const gift = { place, person: by.author, device: by.device, roles, invite: act.key };
  context.invitations.set(act.key, { ...taking, ...holding(context, gift) });
}

function giveRight(
  context: RosterContext,
  right: Taking & { readonly person: RecordId; readonly given: GivenRole },
): void {
  const { place, person, given } = right;
  const { role, departments } = given;
  const held = holding(context, { place, person, roles: [role] });
  const plain = departments === undefined ? { role } : { role, departments };
  add(context.rights, person, { ...right, given: plain, ...held });
}

function holding(context: RosterContext, gift: Gift) {
  const found = context.cancellationsOf(gift);
  return { cancelledBy: found.map((one) => one.place), ends: found.map(cutsOf) };
}

function add<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}
