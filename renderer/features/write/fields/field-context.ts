/** What the inputs of one form share: names of records, and what went wrong with which field. */
import { createContext } from "react";
import type { ComboboxOption } from "#renderer/ui/combobox.tsx";
import type { Fields } from "../content.ts";

export type FieldContext = {
  readonly type: string;
  /** Everything the record holds now: some inputs offer what others hold. */
  readonly fields: Fields;
  readonly names: ReadonlyMap<string, string>;
  /** Remembers what a chosen record is called. */
  readonly remember: (options: readonly ComboboxOption[]) => void;
  /** What the engine said about a field, by the field's name. */
  readonly problems: ReadonlyMap<string, string>;
};

/** The form around an input. */
export const FormContext = createContext<FieldContext>({
  type: "",
  fields: {},
  names: new Map(),
  remember: () => undefined,
  problems: new Map(),
});
