/** An ordered list of small forms: add, remove, and move by button or Alt with an arrow key. */
import { ArrowDown, ArrowUp, Plus, Trash2 } from "lucide-react";
import { type KeyboardEvent, type ReactElement, use, useRef } from "react";
import { announce } from "#renderer/ui/announce.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { IconButton } from "#renderer/ui/icon-button.tsx";
import type { Field } from "#shared/domain/field.ts";
import type { Json } from "#shared/domain/json.ts";
import { type FieldInputProps, FormContext } from "./field-context.ts";
import { PromptVariables } from "./prompt-variables.tsx";
import { isWide } from "./is-wide.ts";
import { type JsonObject, keyOf, moved, objectsIn, withValue } from "./values.ts";
import styles from "./fields.module.css";

/** The elements of a list in their order. */
export function ListInput({ field, name, value, onChange }: FieldInputProps): ReactElement | null {
  const list = useRef<HTMLOListElement>(null);
  if (!("fields" in field)) return null;
  const entries = objectsIn(value);
  const one = singular(field.label);

  function focusOn(index: number): void {
    requestAnimationFrame(() => {
      const entry = list.current?.children[index];
      entry?.querySelector<HTMLElement>("input, textarea, button")?.focus();
    });
  }
  function add(): void {
    onChange([...entries, {}]);
    focusOn(entries.length);
  }
  function remove(index: number): void {
    onChange(entries.toSpliced(index, 1));
    announce(`${one} ${(index + 1).toString()} removed.`);
    focusOn(Math.max(0, Math.min(index, entries.length - 2)));
  }
  function move(index: number, by: -1 | 1): void {
    const next = moved(entries, index, by);
    if (next === entries) return;
    onChange(next);
    announce(`${one} moved to place ${(index + by + 1).toString()}.`);
  }

  return (
    <fieldset className={styles.list}>
      <legend className={styles.legend}>{field.label}</legend>
      {field.help !== undefined && <p className={styles.help}>{field.help}</p>}
      <ol ref={list} className={styles.entries}>
        {entries.map((entry, index) => (
          <Entry
            key={keyOf(entry)}
            fields={field.fields}
            label={`${one} ${(index + 1).toString()}`}
            list={name}
            entry={entry}
            isFirst={index === 0}
            isLast={index === entries.length - 1}
            onChange={(changed) => onChange(entries.with(index, changed))}
            onRemove={() => remove(index)}
            onMove={(by) => move(index, by)}
          />
        ))}
      </ol>
      <Button variant="quiet" size="small" icon={Plus} onClick={add}>
        {`Add ${one.toLowerCase()}`}
      </Button>
    </fieldset>
  );
}

type EntryProps = {
  readonly fields: Readonly<Record<string, Field>>;
  readonly label: string;
  readonly list: string;
  readonly entry: JsonObject;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly onChange: (entry: JsonObject) => void;
  readonly onRemove: () => void;
  readonly onMove: (by: -1 | 1) => void;
};

function Entry(props: EntryProps): ReactElement {
  const { fields, label, entry, onChange } = props;
  const { Input } = use(FormContext);
  function onKeyDown(event: KeyboardEvent): void {
    if (!event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    event.preventDefault();
    event.stopPropagation();
    props.onMove(event.key === "ArrowUp" ? -1 : 1);
  }
  const set = (name: string) => (value: Json) => onChange(withValue(entry, name, value));
  return (
    // Alt with an arrow moves the element from any of its inputs.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <li className={styles.entry} aria-label={label} onKeyDown={onKeyDown}>
      <div className={styles.entryHead}>
        <span className={styles.entryLabel}>{label}</span>
        <IconButton
          icon={ArrowUp}
          size="small"
          label={`Move ${label.toLowerCase()} up`}
          keys="Alt+ArrowUp"
          disabled={props.isFirst}
          onClick={() => props.onMove(-1)}
        />
        <IconButton
          icon={ArrowDown}
          size="small"
          label={`Move ${label.toLowerCase()} down`}
          keys="Alt+ArrowDown"
          disabled={props.isLast}
          onClick={() => props.onMove(1)}
        />
        <IconButton
          icon={Trash2}
          size="small"
          label={`Remove ${label.toLowerCase()}`}
          onClick={props.onRemove}
        />
      </div>
      <div className={styles.grid}>
        {Object.entries(fields)
          .filter(([, inner]) => inner.readOnly !== true)
          .map(([name, inner]) => (
            <div key={name} className={isWide(inner) ? styles.wide : styles.cell}>
              <Input field={inner} name={name} value={entry[name]} onChange={set(name)} />
              {props.list === "prompts" && name === "vars" && (
                <PromptVariables prompt={entry} onChange={set("vars")} />
              )}
            </div>
          ))}
      </div>
    </li>
  );
}

/** "Steps" has steps: each is a "Step". */
function singular(plural: string): string {
  if (plural.endsWith("ies")) return `${plural.slice(0, -3)}y`;
  return plural.endsWith("s") ? plural.slice(0, -1) : plural;
}
