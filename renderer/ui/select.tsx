/** One choice of a short, known list. For long or growing lists use Combobox. */
import { Select as Base } from "@base-ui/react/select";
import { Check, ChevronsUpDown } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { classNames } from "./class-names.ts";
import { Field } from "./field.tsx";
import input from "./input.module.css";
import popup from "./popup.module.css";
import styles from "./select.module.css";

export type SelectOption = { readonly value: string; readonly label: string };

export type SelectProps = {
  readonly label: string;
  /** "" shows the placeholder. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly options: readonly SelectOption[];
  /** Stands for "nothing chosen", and becomes a choice that clears. */
  readonly placeholder?: string;
  readonly help?: ReactNode;
  readonly error?: string | null;
  readonly hideLabel?: boolean;
  readonly disabled?: boolean;
  readonly size?: "normal" | "small";
  readonly className?: string;
};

/** One of a few. */
export function Select(props: SelectProps): ReactElement {
  const { label, value, onChange, options, placeholder, help, error, size = "normal" } = props;
  const cleared = placeholder === undefined ? [] : [{ value: "", label: placeholder }];
  const items = [...cleared, ...options];
  return (
    <Field
      label={label}
      help={help}
      error={error ?? null}
      hideLabel={props.hideLabel ?? false}
      className={props.className ?? ""}
    >
      {(control) => (
        <Base.Root
          items={items}
          value={value}
          onValueChange={(next) => onChange(next ?? "")}
          disabled={props.disabled ?? false}
        >
          <Base.Trigger
            {...control}
            aria-label={props.hideLabel === true ? label : undefined}
            className={classNames(input.input, styles.trigger, styles[size])}
            data-empty={value === "" || undefined}
          >
            <Base.Value className={styles.value} />
            <Base.Icon className={styles.icon}>
              <ChevronsUpDown aria-hidden="true" />
            </Base.Icon>
          </Base.Trigger>
          <Base.Portal>
            <Base.Positioner
              className={popup.positioner}
              sideOffset={4}
              alignItemWithTrigger={false}
            >
              <Base.Popup className={popup.popup}>
                {items.map((item) => (
                  <Base.Item key={item.value} value={item.value} className={popup.item}>
                    <Base.ItemText className={popup.grow}>{item.label}</Base.ItemText>
                    <span className={popup.check}>
                      <Base.ItemIndicator>
                        <Check aria-hidden="true" />
                      </Base.ItemIndicator>
                    </span>
                  </Base.Item>
                ))}
              </Base.Popup>
            </Base.Positioner>
          </Base.Portal>
        </Base.Root>
      )}
    </Field>
  );
}
