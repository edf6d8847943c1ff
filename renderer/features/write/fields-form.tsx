/** The inputs for some of a record's fields, in the order of their declaration. */
import { type ReactElement, useMemo, useState } from "react";
import type { ComboboxOption } from "#renderer/ui/combobox.tsx";
import { recordTypeOf } from "#shared/domain/record-types.ts";
import { FormContext } from "./fields/field-context.ts";
import { FieldInput } from "./fields/field-input.tsx";
import { isWide } from "./fields/is-wide.ts";
import type { Opening } from "./opening.ts";
import type { Writing } from "./use-writing.ts";
import styles from "./fields/fields.module.css";

type FieldsFormProps = {
  readonly opening: Opening;
  readonly writing: Writing;
  readonly names: readonly string[];
  readonly problems?: ReadonlyMap<string, string>;
};

const none: ReadonlyMap<string, string> = new Map();

/** The form for the named fields. */
export function FieldsForm({
  opening,
  writing,
  names,
  problems = none,
}: FieldsFormProps): ReactElement {
  const declared = recordTypeOf(opening.type)?.fields ?? {};
  const [chosen, setChosen] = useState<readonly ComboboxOption[]>([]);
  const { fields } = writing.content;
  const context = useMemo(
    () => ({
      type: opening.type,
      fields,
      names: new Map([
        ...opening.names,
        ...chosen.map(({ value, label }) => [value, label] as const),
      ]),
      remember: (options: readonly ComboboxOption[]) => setChosen((now) => [...now, ...options]),
      problems,
      Input: FieldInput,
    }),
    [opening, fields, chosen, problems],
  );
  return (
    <FormContext value={context}>
      <div className={styles.grid}>
        {names.map((name) => {
          const field = declared[name];
          if (field === undefined) return null;
          return (
            <div key={name} className={isWide(field) ? styles.wide : styles.cell}>
              <FieldInput
                field={field}
                name={name}
                value={fields[name]}
                onChange={(value) => writing.setField(name, value)}
              />
            </div>
          );
        })}
      </div>
    </FormContext>
  );
}
