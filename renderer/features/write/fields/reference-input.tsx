/** A record, or several, chosen by typing part of their title. */
import { type ReactElement, type ReactNode, use, useCallback } from "react";
import { client } from "#renderer/platform/api.ts";
import { Combobox, type ComboboxOption } from "#renderer/ui/combobox.tsx";
import type { RecordTypeName } from "#shared/domain/record-type-name.ts";
import type { Json } from "#shared/domain/json.ts";
import { recordTypeOf } from "#shared/domain/record-types.ts";
import { FormContext } from "./field-context.ts";
import { textsIn } from "./values.ts";

type ReferenceInputProps = {
  readonly label: string;
  readonly help?: ReactNode;
  readonly error: string | null;
  readonly to: RecordTypeName | "any";
  readonly multiple: boolean;
  readonly value: Json | undefined;
  readonly onChange: (value: Json) => void;
};

/** The picker. A record that cannot be found any more is shown by its id and can be taken out. */
export function ReferenceInput(props: ReferenceInputProps): ReactElement {
  const { to, multiple, value, onChange, ...shared } = props;
  const { names, remember } = use(FormContext);
  const load = useCallback(
    async (text: string) => {
      const found = await client.records.lookup({
        text,
        limit: 20,
        ...(to === "any" ? {} : { types: [to] }),
      });
      return found.map(({ id, type, title }): ComboboxOption => {
        const option = { value: id, label: title };
        const hint = recordTypeOf(type)?.label ?? type;
        return to === "any" ? Object.assign(option, { hint }) : option;
      });
    },
    [to],
  );
  return (
    <Combobox
      {...shared}
      multiple={multiple}
      load={load}
      placeholder="Type a name"
      value={textsIn(value).map((id) => ({ value: id, label: names.get(id) ?? id }))}
      onChange={(chosen) => {
        remember(chosen);
        const ids = chosen.map((option) => option.value);
        onChange(multiple ? ids : (ids[0] ?? null));
      }}
    />
  );
}
