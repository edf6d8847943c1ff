/** Several short texts: one a line, in one text field. */
import { type ReactElement, type ReactNode, useState } from "react";
import { TextArea } from "#renderer/ui/text-area.tsx";
import type { Json } from "#shared/domain/json.ts";
import { textsIn } from "./values.ts";

type LinesInputProps = {
  readonly label: string;
  readonly help?: ReactNode;
  readonly error?: string | null;
  readonly value: Json | undefined;
  readonly onChange: (value: Json) => void;
};

/** The lines. What is typed stays as it is typed; empty lines and outer spaces are left out. */
export function LinesInput({ help, value, onChange, ...shared }: LinesInputProps): ReactElement {
  const given = textsIn(value).join("\n");
  const [typed, setTyped] = useState(given);
  // The text as typed holds more than the value does: an unfinished empty line.
  const shown = linesOf(typed).join("\n") === given ? typed : given;
  return (
    <TextArea
      {...shared}
      help={help ?? "One a line."}
      rows={2}
      value={shown}
      onChange={(text) => {
        setTyped(text);
        onChange(linesOf(text));
      }}
    />
  );
}

function linesOf(text: string): readonly string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}
