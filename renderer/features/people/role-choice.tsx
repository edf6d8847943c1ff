/** One of the roles that somebody may give, each with what it is for. */
import type { ReactElement } from "react";
import { RadioGroup } from "#renderer/ui/radio-group.tsx";
import { roleWords } from "#renderer/ui/role-names.ts";
import type { Role } from "#shared/domain/roster/role.ts";

type RoleChoiceProps = {
  readonly roles: readonly Role[];
  readonly value: Role;
  readonly onChange: (role: Role) => void;
};

/** Radio buttons. */
export function RoleChoice({ roles, value, onChange }: RoleChoiceProps): ReactElement {
  return (
    <RadioGroup
      label="Role"
      value={value}
      onChange={onChange}
      options={roles.map((role) => ({
        value: role,
        label: roleWords[role].name,
        help: roleWords[role].may,
      }))}
    />
  );
}
