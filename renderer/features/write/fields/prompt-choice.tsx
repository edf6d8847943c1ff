/** Which of the record's own prompts a step uses. */
import { type ReactElement, type ReactNode, use } from "react";
import { Select } from "#renderer/ui/select.tsx";
import type { Json } from "#shared/domain/json.ts";
import { FormContext } from "./field-context.ts";
import { objectsIn } from "./values.ts";

type PromptChoiceProps = {
  readonly label: string;
  readonly help?: ReactNode;
  readonly error: string | null;
  readonly value: string;
  readonly onChange: (value: Json) => void;
};

/** A prompt that is saved is named by its id, a new one by its title. */
export function PromptChoice(props: PromptChoiceProps): ReactElement {
  const { fields } = use(FormContext);
  const prompts = objectsIn(fields.prompts).flatMap(({ id, title }) => {
    const label = typeof title === "string" && title !== "" ? title : "Prompt without a title";
    const value = typeof id === "string" ? id : typeof title === "string" ? title : "";
    return value === "" ? [] : [{ value, label }];
  });
  const known = props.value === "" || prompts.some((prompt) => prompt.value === props.value);
  const options = known ? prompts : [...prompts, { value: props.value, label: props.value }];
  return <Select {...props} options={options} placeholder="None" />;
}
