/** Fields that belong together, under one heading. */
import { type ReactElement, use } from "react";
import { type FieldInputProps, FormContext } from "./field-context.ts";
import { objectIn } from "./values.ts";
import styles from "./fields.module.css";

/** The inputs of a group. */
export function GroupInput({ field, value, onChange }: FieldInputProps): ReactElement | null {
  const { Input } = use(FormContext);
  if (!("fields" in field)) return null;
  const group = objectIn(value);
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>{field.label}</legend>
      {field.help !== undefined && <p className={styles.help}>{field.help}</p>}
      <div className={styles.grid}>
        {Object.entries(field.fields)
          .filter(([, inner]) => inner.readOnly !== true)
          .map(([name, inner]) => (
            <Input
              key={name}
              field={inner}
              name={name}
              value={group[name]}
              onChange={(next) => onChange({ ...group, [name]: next })}
            />
          ))}
      </div>
    </fieldset>
  );
}
