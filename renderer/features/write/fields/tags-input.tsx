/** Tags: known ones offered while typing, new ones made by writing them. */
import { type ReactElement, type ReactNode, useCallback } from "react";
import { client } from "#renderer/platform/api.ts";
import { Combobox } from "#renderer/ui/combobox.tsx";
import type { Json } from "#shared/domain/json.ts";
import { textsIn } from "./values.ts";

type TagsInputProps = {
  readonly label: string;
  readonly help?: ReactNode;
  readonly error?: string | null;
  readonly value: Json | undefined;
  readonly onChange: (value: Json) => void;
};

/** The tags of a record. A leading # is dropped: it is how a tag is shown, not what it is. */
export function TagsInput({ value, onChange, ...shared }: TagsInputProps): ReactElement {
  const load = useCallback(async (text: string) => {
    const found = await client.search.operatorValues({
      operator: "tag",
      text: text.replace(/^#/u, ""),
    });
    return found.map((tag) => ({ value: tag.value, label: tag.value, hint: tag.count.toString() }));
  }, []);
  return (
    <Combobox
      {...shared}
      multiple
      load={load}
      create={(text) => {
        const tag = text.replace(/^#/u, "").trim();
        return { value: tag, label: tag };
      }}
      placeholder="Add a tag"
      value={textsIn(value).map((tag) => ({ value: tag, label: tag }))}
      onChange={(chosen) => onChange(chosen.map((option) => option.value).filter(Boolean))}
    />
  );
}
