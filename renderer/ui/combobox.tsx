/** Choices from a long list that answers as one types: people, topics, tags. One or several. */
import { Combobox as Base } from "@base-ui/react/combobox";
import { Check, ChevronsUpDown, X } from "lucide-react";
import { type ReactElement, type ReactNode, useEffect, useState } from "react";
import { classNames } from "./class-names.ts";
import styles from "./combobox.module.css";
import { Field, type FieldControl } from "./field.tsx";
import input from "./input.module.css";
import popup from "./popup.module.css";

export type ComboboxOption = {
  readonly value: string;
  readonly label: string;
  /** A word beside the label that tells namesakes apart. */
  readonly hint?: string;
};

export type ComboboxProps = {
  readonly label: string;
  /** What is chosen: none, one, or with `multiple` any number. */
  readonly value: readonly ComboboxOption[];
  readonly onChange: (value: readonly ComboboxOption[]) => void;
  /** Answers with what fits the text; "" asks for a first offer. */
  readonly load: (text: string) => Promise<readonly ComboboxOption[]>;
  readonly multiple?: boolean;
  /** Makes a choice of what was typed when nothing like it exists; leave out to allow known ones only. */
  readonly create?: (text: string) => ComboboxOption;
  readonly placeholder?: string;
  readonly help?: ReactNode;
  readonly error?: string | null;
  readonly hideLabel?: boolean;
  readonly optional?: boolean;
  readonly disabled?: boolean;
};

/** A text field that offers. */
export function Combobox(props: ComboboxProps): ReactElement {
  const { label, value, onChange, multiple = false } = props;
  const { offers, failure, setText } = useOffers(props);
  const shared = {
    items: offers,
    filter: null,
    itemToStringLabel: (option: ComboboxOption) => option.label,
    isItemEqualToValue: (a: ComboboxOption, b: ComboboxOption) => a.value === b.value,
    onInputValueChange: setText,
    disabled: props.disabled ?? false,
    autoHighlight: true,
  };
  const list = <Offers failure={failure} />;
  return (
    <Field
      label={label}
      help={props.help}
      error={props.error ?? null}
      hideLabel={props.hideLabel ?? false}
      optional={props.optional ?? false}
    >
      {(control) =>
        multiple ? (
          <Base.Root
            {...shared}
            multiple
            value={[...value]}
            onValueChange={(options) => onChange(options.map(withoutMark))}
          >
            <Chosen
              control={control}
              {...(props.placeholder === undefined ? {} : { placeholder: props.placeholder })}
            />
            {list}
          </Base.Root>
        ) : (
          <Base.Root
            {...shared}
            value={value[0] ?? null}
            onValueChange={(option) => onChange(option === null ? [] : [withoutMark(option)])}
          >
            <Base.InputGroup className={classNames(input.input, styles.group)}>
              <Base.Input
                {...control}
                dir="auto"
                className={styles.input}
                placeholder={props.placeholder}
              />
              <Base.Clear className={styles.affix} aria-label={`Clear ${label}`}>
                <X aria-hidden="true" />
              </Base.Clear>
              <Base.Trigger className={styles.affix} aria-label={`Show choices for ${label}`}>
                <ChevronsUpDown aria-hidden="true" />
              </Base.Trigger>
            </Base.InputGroup>
            {list}
          </Base.Root>
        )
      }
    </Field>
  );
}

function Chosen(props: { readonly control: FieldControl; readonly placeholder?: string }) {
  return (
    <Base.InputGroup className={classNames(input.input, styles.group, styles.chosen)}>
      <Base.Chips className={styles.chips}>
        <Base.Value>
          {(chosen: readonly ComboboxOption[]) => (
            <>
              {chosen.map((option) => (
                <Base.Chip key={option.value} className={styles.chip} aria-label={option.label}>
                  <span className={styles.chipLabel}>{option.label}</span>
                  <Base.ChipRemove className={styles.remove} aria-label={`Remove ${option.label}`}>
                    <X aria-hidden="true" />
                  </Base.ChipRemove>
                </Base.Chip>
              ))}
              <Base.Input
                {...props.control}
                dir="auto"
                className={styles.input}
                placeholder={chosen.length === 0 ? props.placeholder : ""}
              />
            </>
          )}
        </Base.Value>
      </Base.Chips>
    </Base.InputGroup>
  );
}

function Offers({ failure }: { readonly failure: string | null }) {
  return (
    <Base.Portal>
      <Base.Positioner className={popup.positioner} sideOffset={4}>
        <Base.Popup className={popup.popup}>
          <Base.Status className={popup.empty}>{failure}</Base.Status>
          <Base.Empty className={popup.empty}>
            {failure === null ? "Nothing like that here." : null}
          </Base.Empty>
          <Base.List>
            {(option: Offer) => (
              <Base.Item key={option.value} value={option} className={popup.item}>
                <span className={popup.grow}>
                  {option.fresh === true ? `Add “${option.label}”` : option.label}
                </span>
                {option.hint !== undefined && <span className={popup.aside}>{option.hint}</span>}
                <span className={popup.check}>
                  <Base.ItemIndicator>
                    <Check aria-hidden="true" />
                  </Base.ItemIndicator>
                </span>
              </Base.Item>
            )}
          </Base.List>
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  );
}

/** An option in the list; `fresh` marks the offer to make a new one. */
type Offer = ComboboxOption & { readonly fresh?: true };

function withoutMark({ value, label, hint }: Offer): ComboboxOption {
  return hint === undefined ? { value, label } : { value, label, hint };
}

function useOffers(props: ComboboxProps): {
  readonly offers: readonly Offer[];
  readonly failure: string | null;
  readonly setText: (text: string) => void;
} {
  const { load, create, value } = props;
  const [text, setText] = useState("");
  const [found, setFound] = useState<readonly ComboboxOption[]>([]);
  const [failure, setFailure] = useState<string | null>(null);
  // After a choice the input holds its label: that is no question.
  const question = value.some((option) => option.label === text) ? "" : text.trim();
  useEffect(() => {
    let current = true;
    const ask = async () => {
      try {
        const options = await load(question);
        if (!current) return;
        setFound(options);
        setFailure(null);
      } catch (error) {
        if (current) setFailure(error instanceof Error ? error.message : String(error));
      }
    };
    void ask();
    return () => {
      current = false;
    };
  }, [load, question]);
  const known = found.some((option) => option.label.toLowerCase() === question.toLowerCase());
  const fresh: readonly Offer[] =
    create === undefined || question === "" || known ? [] : [{ ...create(question), fresh: true }];
  return { offers: [...found, ...fresh], failure, setText };
}
