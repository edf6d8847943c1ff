/** A role and where it holds: what an invitation and a further role both ask. */
import { type KeyboardEvent, type ReactElement, type SubmitEvent, useState } from "react";
import type { ComboboxOption } from "#renderer/ui/combobox.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import { RadioGroup } from "#renderer/ui/radio-group.tsx";
import { roleWords } from "#renderer/ui/role-names.ts";
import { Stack } from "#renderer/ui/stack.tsx";
import { type RecordId, recordIdSchema } from "#shared/domain/ids.ts";
import type { Role } from "#shared/domain/roster/role.ts";
import { DepartmentChoice, departmentProblem } from "./department-choice.tsx";
import type { Standing } from "./standing.ts";

type RoleFormProps = {
  /** For the button that sends it from elsewhere. */
  readonly id: string;
  readonly standing: Standing;
  readonly onGive: (role: Role, departments: RecordId[]) => void;
  /** What went wrong: in a few words, and in a sentence. */
  readonly failure: { readonly title: string; readonly error: Error | null };
};

/** The form, without its button: that stands at the foot of the dialog, always in sight. */
export function RoleForm({ id, standing, onGive, failure }: RoleFormProps): ReactElement {
  const [role, setRole] = useState<Role>("member");
  const [departments, setDepartments] = useState<readonly ComboboxOption[]>([]);
  const [tried, setTried] = useState(false);
  const problem = departmentProblem(role, standing, departments);

  function submit(event: SubmitEvent): void {
    event.preventDefault();
    setTried(true);
    if (problem !== null) return;
    onGive(
      role,
      departments.map(({ value }) => recordIdSchema.parse(value)),
    );
  }

  return (
    // Enter in the field of departments takes what is offered, and must not send the form besides.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form id={id} onSubmit={submit} onKeyDown={keepEnter} noValidate>
      <Stack gap="close">
        <RadioGroup
          label="Role"
          value={role}
          onChange={setRole}
          options={standing.gives.map((one) => ({
            value: one,
            label: roleWords[one].name,
            help: roleWords[one].may,
          }))}
        />
        <DepartmentChoice
          role={role}
          standing={standing}
          value={departments}
          onChange={setDepartments}
          error={tried ? problem : null}
        />
        {failure.error !== null && (
          <Notice tone="bad" live title={failure.title}>
            {failure.error.message}
          </Notice>
        )}
      </Stack>
    </form>
  );
}

function keepEnter(event: KeyboardEvent): void {
  if (event.key === "Enter" && event.target instanceof HTMLInputElement) event.preventDefault();
}
