/** The fields that differ between two revisions, before and after. */
import type { ReactElement } from "react";
import type { FieldChange, Reference } from "#shared/contract/record-shapes.ts";
import type { Field } from "#shared/domain/field.ts";
import { recordTypeOf } from "#shared/domain/record-types.ts";
import styles from "./changes.module.css";
import { isBlank, valueText } from "./field-text.ts";
import { Runs } from "./text-changes.tsx";

type FieldChangesProps = {
  readonly type: string;
  readonly changes: readonly FieldChange[];
  readonly references: readonly Reference[];
};

/** A table of the changed fields; nothing where no field changed. */
export function FieldChanges({
  type,
  changes,
  references,
}: FieldChangesProps): ReactElement | null {
  if (changes.length === 0) return null;
  const declared = recordTypeOf(type)?.fields ?? {};
  const names = new Map(references.map(({ id, title }) => [String(id), title]));
  const words = (change: FieldChange, value: FieldChange["before"]) =>
    isBlank(value ?? undefined) ? "" : valueText(declared[change.name], value ?? undefined, names);
  return (
    <table className={styles.fields}>
      <caption className="visually-hidden">Fields that changed</caption>
      <thead>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">Before</th>
          <th scope="col">After</th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => (
          <tr key={change.name}>
            <th scope="row">{change.label}</th>
            {change.runs === null || !isWritten(declared[change.name]) ? (
              <>
                <td dir="auto">
                  <Value kind="removed" text={words(change, change.before)} />
                </td>
                <td dir="auto">
                  <Value kind="added" text={words(change, change.after)} />
                </td>
              </>
            ) : (
              <td colSpan={2} dir="auto">
                <Runs runs={change.runs} />
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Whether its letters are somebody's own: what was chosen from a list differs as a whole. */
function isWritten(field: Field | undefined): boolean {
  return field === undefined || ["line", "lines", "markdown", "list"].includes(field.kind);
}

function Value({ kind, text }: { readonly kind: "added" | "removed"; readonly text: string }) {
  if (text === "") return <span className={styles.nothing}>nothing</span>;
  return <Runs runs={[{ kind, text }]} />;
}
