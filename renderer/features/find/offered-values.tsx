/** The values offered under the search field. The focus stays in the field, which hears the keys. */
import type { ReactElement } from "react";
import type { Output } from "#renderer/platform/api.ts";
import { classNames } from "#renderer/ui/class-names.ts";
import styles from "./search-field.module.css";

type OfferedValuesProps = {
  /** The list's id is `id-values`, an option's `id-index`. */
  readonly id: string;
  readonly values: Output<"search", "operatorValues">;
  readonly chosen: number;
  readonly onTake: (value: string) => void;
};

/** A list box that the field points into. */
export function OfferedValues({ id, values, chosen, onTake }: OfferedValuesProps): ReactElement {
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- A datalist cannot show counts, and a select would take the focus from the field.
    <div id={`${id}-values`} role="listbox" aria-label="Values" className={styles.values}>
      {values.map((option, index) => (
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- The field keeps the focus and takes the value on Enter (aria-activedescendant).
        <div
          key={option.value}
          id={`${id}-${index.toString()}`}
          // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- Options belong to a list box of the same making.
          role="option"
          aria-selected={index === chosen}
          className={classNames(styles.value, index === chosen && styles.chosen)}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onTake(option.value)}
        >
          <span dir="auto">{option.label}</span>
          <span className={styles.count}>{option.count.toLocaleString()}</span>
        </div>
      ))}
    </div>
  );
}
