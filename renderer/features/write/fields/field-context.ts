/** What the inputs of one form share: names of records, and what went wrong with which field. */
import { type ComponentType, createContext } from "react";
import type { ComboboxOption } from "#renderer/ui/combobox.tsx";
import type { Field } from "#shared/domain/field.ts";
import type { Json } from "#shared/domain/json.ts";
import type { Fields } from "../content.ts";

export type FieldInputProps = {
  readonly field: Field;
  /** The field's name; inside groups and lists the name within them. */
  readonly name: string;
  readonly value: Json | undefined;
  readonly onChange: (value: Json) => void;
};

export type FieldContext = {
  readonly type: string;
  /** Everything the record holds now: some inputs offer what others hold. */
  readonly fields: Fields;
  readonly names: ReadonlyMap<string, string>;
  /** Remembers what a chosen record is called. */
  readonly remember: (options: readonly ComboboxOption[]) => void;
  /** What the engine said about a field, by the field's name. */
  readonly problems: ReadonlyMap<string, string>;
  /** The input for a field: groups and lists hold inputs of any kind, also of their own. */
  readonly Input: ComponentType<FieldInputProps>;
};

/** The form around an input. */
export const FormContext = createContext<FieldContext>({
  type: "",
  fields: {},
  names: new Map(),
  remember: () => undefined,
  problems: new Map(),
  Input: () => null,
});
