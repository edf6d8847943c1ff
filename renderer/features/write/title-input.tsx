/** The title, as large as it will be read. */
import { type ReactElement, useId } from "react";
import { recordTypeOf } from "#shared/domain/record-types.ts";
import { titleFieldOf, titleOf } from "./content.ts";
import type { Opening } from "./opening.ts";
import type { Writing } from "./use-writing.ts";
import styles from "./write.module.css";

type TitleInputProps = {
  readonly opening: Opening;
  readonly writing: Writing;
  readonly problem: ReadonlyMap<string, string>;
};

/** The field that names the record; a new record starts here. */
export function TitleInput({ opening, writing, problem }: TitleInputProps): ReactElement {
  const id = useId();
  const field = titleFieldOf(opening.type);
  const label = recordTypeOf(opening.type)?.fields[field]?.label ?? "Title";
  const said = problem.get(field);
  return (
    <div className={styles.title}>
      <label htmlFor={id} className="visually-hidden">
        {label}
      </label>
      <textarea
        id={id}
        rows={1}
        dir="auto"
        maxLength={500}
        placeholder={label}
        // A new record is opened to be named: typing can start at once.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus={opening.record === undefined}
        value={titleOf(opening.type, writing.content)}
        aria-invalid={said === undefined ? undefined : true}
        aria-describedby={said === undefined ? undefined : `${id}-problem`}
        onChange={(event) => writing.setField(field, event.target.value.replaceAll("\n", " "))}
      />
      {said !== undefined && (
        <p id={`${id}-problem`} className={styles.problem} role="alert">
          {said}
        </p>
      )}
    </div>
  );
}
