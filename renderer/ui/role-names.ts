/** The roles of a shared workspace in words. */
import type { HeldRole } from "#shared/contract/sharing.ts";
import type { Role } from "#shared/domain/roster/role.ts";

/** What each role is called, and what it is for. */
export const roleWords: Readonly<Record<Role, { readonly name: string; readonly may: string }>> = {
  member: {
    name: "Member",
    may: "Writes drafts and lessons, keeps what they made, votes and comments.",
  },
  mentor: { name: "Mentor", may: "A member whom colleagues can ask to be their mentor." },
  verifier: { name: "Verifier", may: "Says of any record whether it is still true." },
  lead: {
    name: "Lead",
    may: "Publishes and keeps everything of the departments they lead.",
  },
  steward: { name: "Steward", may: "May do everything: invite, give roles, remove." },
};

/** Each role held, a lead's with the departments: "Lead of Support and Sales". */
export function roleNames(roles: readonly HeldRole[]): readonly string[] {
  return roles.map(({ role, departments }) => {
    const names = (departments ?? []).map(({ name }) => name).filter(Boolean);
    const { name } = roleWords[role];
    return names.length === 0 ? name : `${name} of ${new Intl.ListFormat("en").format(names)}`;
  });
}
