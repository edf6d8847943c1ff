/** The departments that a role is given in. */
import type { ReactElement } from "react";
import { ask } from "#renderer/platform/api.ts";
import { Combobox, type ComboboxOption } from "#renderer/ui/combobox.tsx";
import type { Role } from "#shared/domain/roster/role.ts";
import type { Standing } from "./standing.ts";

type DepartmentChoiceProps = {
  readonly role: Role;
  readonly standing: Standing;
  readonly value: readonly ComboboxOption[];
  readonly onChange: (value: readonly ComboboxOption[]) => void;
  readonly error: string | null;
};

/** A lead leads them; everybody else comes into them. */
export function DepartmentChoice(props: DepartmentChoiceProps): ReactElement {
  const { role, standing, value, onChange, error } = props;
  const needed = role === "lead" || !standing.steward;
  return (
    <Combobox
      label={role === "lead" ? "Leads" : "Department"}
      help={
        role === "lead"
          ? "The departments whose playbooks they publish."
          : "Where they belong; what they write starts there."
      }
      multiple
      optional={!needed}
      value={value}
      onChange={onChange}
      load={standing.steward ? anyDepartment : ledBy(standing)}
      placeholder="Choose"
      error={error}
    />
  );
}

/** What is missing; null when the choice will do. */
export function departmentProblem(
  role: Role,
  standing: Standing,
  value: readonly ComboboxOption[],
): string | null {
  if (value.length > 0) return null;
  if (role === "lead") return "A lead leads a department: name at least one.";
  return standing.steward ? null : "Name one of the departments that you lead.";
}

async function anyDepartment(text: string): Promise<readonly ComboboxOption[]> {
  const found = await ask("records", "lookup", { text, types: ["department"], limit: 20 });
  return found.map(({ id, title }) => ({ value: id, label: title }));
}

const byLeads = new WeakMap<object, typeof anyDepartment>();

/** The same function for the same departments: another one would be asked anew at each letter. */
function ledBy({ leads }: Standing): typeof anyDepartment {
  const known = byLeads.get(leads);
  if (known !== undefined) return known;
  const load: typeof anyDepartment = (text) =>
    Promise.resolve(
      leads
        .filter(({ name }) => name.toLowerCase().includes(text.toLowerCase()))
        .map(({ id, name }) => ({ value: id, label: name })),
    );
  byLeads.set(leads, load);
  return load;
}
