/** The variables that a prompt's text uses and nobody has described yet, each one press away. */
import { Plus } from "lucide-react";
import type { ReactElement } from "react";
import { Button } from "#renderer/ui/button.tsx";
import type { Json } from "#shared/domain/json.ts";
import { promptVariables } from "#shared/domain/prompt.ts";
import { type JsonObject, objectsIn } from "./values.ts";
import styles from "./fields.module.css";

type PromptVariablesProps = {
  readonly prompt: JsonObject;
  readonly onChange: (vars: Json) => void;
};

/** Buttons that add what is missing; and a word about what no longer occurs. */
export function PromptVariables({ prompt, onChange }: PromptVariablesProps): ReactElement | null {
  const described = objectsIn(prompt.vars);
  const names = new Set(described.map(({ name }) => (typeof name === "string" ? name : "")));
  const used = promptVariables(typeof prompt.text === "string" ? prompt.text : "");
  const missing = used.filter((name) => !names.has(name));
  const unused = [...names].filter((name) => name !== "" && !used.includes(name));
  if (missing.length === 0 && unused.length === 0) return null;
  return (
    <div className={styles.offers}>
      {missing.length > 0 && <span className={styles.help}>In the text, not described yet:</span>}
      {missing.map((name) => (
        <Button
          key={name}
          size="small"
          icon={Plus}
          onClick={() => onChange([...described, { name }])}
        >
          {name}
        </Button>
      ))}
      {unused.length > 0 && (
        <span className={styles.help}>Not in the text: {unused.join(", ")}.</span>
      )}
    </div>
  );
}
