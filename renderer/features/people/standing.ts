/** What somebody may do with others, as far as buttons go; the engine has the last word, in a sentence. */
import type { HeldRole } from "#shared/contract/sharing.ts";
import type { Role } from "#shared/domain/roster/role.ts";

export type Standing = {
  readonly steward: boolean;
  /** The departments led. */
  readonly leads: readonly { readonly id: string; readonly name: string }[];
  /** Whether other people can be invited at all. */
  readonly invites: boolean;
  /** The roles that can be given. */
  readonly gives: readonly Role[];
};

const everyRole = ["member", "mentor", "verifier", "lead", "steward"] as const;
const juniorRoles = ["member", "mentor", "verifier"] as const;

/** By the roles that one holds. */
export function standingOf(roles: readonly HeldRole[]): Standing {
  const steward = roles.some(({ role }) => role === "steward");
  const leads = roles.flatMap(({ role, departments }) =>
    role === "lead" ? (departments ?? []) : [],
  );
  const invites = steward || leads.length > 0;
  return { steward, leads, invites, gives: steward ? everyRole : invites ? juniorRoles : [] };
}
