/** Who may do which act. Pure: what somebody stood for when they did it is given. */
import type { DeviceId, RecordId } from "../ids.ts";
import type { Act, ActOf } from "./act.ts";
import type { GivenRole, Role } from "./role.ts";

/** What an act's author stood for, and how to ask about those whom the act concerns. */
export type Authority = {
  readonly person: RecordId;
  readonly device: DeviceId;
  readonly steward: boolean;
  /** The departments that the author leads. */
  readonly leads: ReadonlySet<RecordId>;
  readonly invitationOf: (key: string) => OpenInvitation | undefined;
  readonly ownerOf: (device: DeviceId) => RecordId | undefined;
  readonly rolesOf: (person: RecordId) => readonly GivenRole[];
};

type OpenInvitation = GivenRole & {
  readonly by: RecordId;
  readonly person?: RecordId | undefined;
};

const juniorRoles: ReadonlySet<Role> = new Set<Role>(["member", "mentor", "verifier"]);

/** Why the author may not do it, as a sentence; undefined when they may. */
export function refusalOf(act: Act, by: Authority): string | undefined {
  if (by.steward) return undefined;
  switch (act.kind) {
    case "invite":
      if (act.person === by.person && act.role === "member") return undefined;
      return leadsInto(act, by) && act.person === undefined ? undefined : onlyFor("invite", by);
    case "admit":
      return mayAdmit(act, by) ? undefined : onlyFor("admit", by);
    case "withdraw_invite":
      return mayWithdraw(act, by) ? undefined : onlyFor("take back this invitation", by);
    case "grant":
      return leadsInto(act, by) ? undefined : onlyFor("give this role", by);
    case "withdraw":
      return leadsAll(act.person, by) ? undefined : onlyFor("take this role away", by);
    case "remove":
      return mayRemove(act, by) ? undefined : onlyFor("remove them", by);
    case "adopt":
      return leadsAll(by.ownerOf(act.device), by) ? undefined : onlyFor("take this over", by);
  }
}

/** A lead gives junior roles, and only in departments of their own. */
function leadsInto({ role, departments = [] }: GivenRole, { leads }: Authority): boolean {
  if (!juniorRoles.has(role) || departments.length === 0) return false;
  return departments.every((department) => leads.has(department));
}

/** Whether everything the person holds is something that this lead could have given. */
function leadsAll(person: RecordId | undefined, by: Authority): boolean {
  const roles = person === undefined ? [] : by.rolesOf(person);
  return roles.length > 0 && roles.every((role) => leadsInto(role, by));
}

function mayAdmit(act: ActOf<"admit">, by: Authority): boolean {
  const invitation = act.invite === undefined ? undefined : by.invitationOf(act.invite);
  if (invitation === undefined) return false;
  if (invitation.person === by.person) return act.person === by.person && act.roles.length === 0;
  const [given, ...others] = act.roles;
  if (given === undefined || others.length > 0 || invitation.person !== undefined) return false;
  return given.role === invitation.role && leadsInto(invitation, by) && leadsInto(given, by);
}

function mayWithdraw({ invite }: ActOf<"withdraw_invite">, by: Authority): boolean {
  const invitation = by.invitationOf(invite);
  if (invitation === undefined) return false;
  return invitation.by === by.person || leadsInto(invitation, by);
}

function mayRemove({ person, device }: ActOf<"remove">, by: Authority): boolean {
  const owner = person ?? (device && by.ownerOf(device));
  // Whoever loses a laptop shuts it out from another one.
  if (person === undefined && owner === by.person) return true;
  return leadsAll(owner, by);
}

function onlyFor(what: string, { leads }: Authority): string {
  return leads.size === 0
    ? `Only a steward, or a lead in their own departments, may ${what}. Ask one of them.`
    : `Only a steward may ${what}: a lead decides on members, mentors and verifiers of the departments they lead. Ask a steward.`;
}
