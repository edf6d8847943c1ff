/** The prompts of a playbook as the reading page uses them. */
import { z } from "zod";
import type { Json } from "#shared/domain/json.ts";
import { promptVariables } from "#shared/domain/prompt.ts";

const textSchema = z.string().catch("");

const promptSchema = z.object({
  id: textSchema,
  title: textSchema,
  text: textSchema,
  version: textSchema,
  model_hint: z.array(z.string()).catch([]),
  vars: z
    .array(z.object({ name: textSchema, description: textSchema, example: textSchema }))
    .catch([]),
  examples: z.array(z.object({ input: textSchema, output: textSchema, by: textSchema })).catch([]),
});

export type Prompt = Omit<z.infer<typeof promptSchema>, "vars"> & {
  /** The places to fill in, in the text's order, with what the author says about them. */
  readonly places: readonly {
    readonly name: string;
    readonly description: string;
    readonly example: string;
  }[];
};

/** Reads the field; whatever is not a prompt with a text is left out. */
export function promptsOf(value: Json | undefined): readonly Prompt[] {
  const list = z
    .array(z.unknown())
    .catch([])
    .parse(value ?? []);
  return list.flatMap((item, index) => {
    const parsed = promptSchema.safeParse(item);
    if (!parsed.success || parsed.data.text === "") return [];
    const { vars, ...prompt } = parsed.data;
    const places = promptVariables(prompt.text).map(
      (name) => vars.find((known) => known.name === name) ?? { name, description: "", example: "" },
    );
    return [{ ...prompt, id: prompt.id || `prompt-${index.toString()}`, places }];
  });
}
