/** The input for a declared field of any kind: one switch, so that a new kind does not compile without one. */
import { type ReactElement, use } from "react";
import { Checkbox } from "#renderer/ui/checkbox.tsx";
import { Select } from "#renderer/ui/select.tsx";
import { TextArea } from "#renderer/ui/text-area.tsx";
import { TextField } from "#renderer/ui/text-field.tsx";
import type { Field } from "#shared/domain/field.ts";
import { ChoicesInput } from "./choices-input.tsx";
import { type FieldInputProps, FormContext } from "./field-context.ts";
import { GroupInput } from "./group-input.tsx";
import { LinesInput } from "./lines-input.tsx";
import { ListInput } from "./list-input.tsx";
import { PromptChoice } from "./prompt-choice.tsx";
import { ReferenceInput } from "./reference-input.tsx";
import { TagsInput } from "./tags-input.tsx";

/** The input for one field. Fields that the app itself writes have none. */
export function FieldInput(props: FieldInputProps): ReactElement | null {
  const { field, name, value, onChange } = props;
  const { problems } = use(FormContext);
  const shared = {
    label: field.label,
    error: problems.get(name) ?? null,
    ...(field.help === undefined ? {} : { help: field.help }),
  };
  const text = typeof value === "string" || typeof value === "number" ? String(value) : "";
  if (name === "prompt_id") return <PromptChoice {...shared} value={text} onChange={onChange} />;
  switch (field.kind) {
    case "line":
      return <TextField {...shared} value={text} onChange={onChange} />;
    case "url":
      return (
        <TextField
          {...shared}
          type="url"
          dir="ltr"
          placeholder="https://"
          value={text}
          onChange={onChange}
        />
      );
    case "date":
      return <TextField {...shared} type="date" value={text.slice(0, 10)} onChange={onChange} />;
    case "markdown":
      return <TextArea {...shared} code rows={4} value={text} onChange={onChange} />;
    case "number":
      return <NumberInput {...props} />;
    case "flag":
      return <Checkbox {...flagLabel(field)} checked={value === true} onChange={onChange} />;
    case "choice":
      return (
        <Select
          {...shared}
          options={field.options}
          placeholder="Not said"
          value={text}
          onChange={onChange}
        />
      );
    case "choices":
      return <ChoicesInput {...shared} options={field.options} value={value} onChange={onChange} />;
    case "reference":
    case "references":
      return (
        <ReferenceInput
          {...shared}
          to={field.to}
          multiple={field.kind === "references"}
          value={value}
          onChange={onChange}
        />
      );
    case "tags":
      return <TagsInput {...shared} value={value} onChange={onChange} />;
    case "lines":
      return <LinesInput {...shared} value={value} onChange={onChange} />;
    case "group":
      return <GroupInput field={field} name={name} value={value} onChange={onChange} />;
    case "list":
      return <ListInput field={field} name={name} value={value} onChange={onChange} />;
    case "attachments":
    case "object":
      return null;
  }
}

function flagLabel({ label, help }: Field) {
  return help === undefined ? { label } : { label, help };
}

function NumberInput({ field, name, value, onChange }: FieldInputProps): ReactElement | null {
  const { problems } = use(FormContext);
  if (field.kind !== "number") return null;
  const amount = typeof value === "number" ? value : null;
  const { min, max, unit } = field;
  const tooSmall = amount !== null && min !== undefined && amount < min;
  const tooLarge = amount !== null && max !== undefined && amount > max;
  const limits = tooSmall ? `At least ${min.toString()}.` : `At most ${(max ?? 0).toString()}.`;
  return (
    <TextField
      label={
        unit === undefined || startsAlike(field.label, unit)
          ? field.label
          : `${field.label} (${unit})`
      }
      type="number"
      inputMode="decimal"
      {...(min === undefined ? {} : { min })}
      {...(max === undefined ? {} : { max })}
      {...(field.help === undefined ? {} : { help: field.help })}
      error={problems.get(name) ?? (tooSmall || tooLarge ? limits : null)}
      value={amount === null ? "" : amount.toString()}
      onChange={(typed) => {
        const parsed = Number(typed);
        onChange(typed.trim() === "" || Number.isNaN(parsed) ? null : parsed);
      }}
    />
  );
}

/** "Minutes" need no "(min)". */
function startsAlike(label: string, unit: string): boolean {
  return label.toLowerCase().startsWith(unit.toLowerCase());
}
