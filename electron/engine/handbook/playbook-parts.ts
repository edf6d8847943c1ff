/** What a playbook holds besides its text: steps, prompts, guardrails, and the way without AI. */
import type { Element } from "hast";
import { promptRuns } from "#shared/domain/prompt.ts";
import { dayElement } from "./days.ts";
import { type Child, h, joined } from "./elements.ts";
import { groupIn, itemsIn, labelOf, linesIn, textIn } from "./fields.ts";
import { facts, lineList, type PageSection, type PartContext, section } from "./page-parts.ts";

type Item = ReturnType<typeof itemsIn>[number];

/** The parts that have something in them, in reading order. */
export function playbookAfter(context: PartContext): PageSection[] {
  const { record, text } = context;
  const { fields } = record;
  const markdown = (name: string) => [...text(textIn(fields, name), `${name}-`)];
  return [
    ...section("steps", "Steps", steps(context)),
    ...section("prompts", "Prompts", prompts(context)),
    ...section("does-well", "What it does well", markdown("capabilities_md")),
    ...section("limits", "Known limits, and when not to use it", markdown("limitations_md")),
    ...section("guardrails", "Guardrails", guardrails(context)),
    ...section("handoff", "Handoff to a person", handoff(context)),
    ...section(
      "fallback",
      "Fallback without AI",
      markdown("fallback_md"),
      facts([["Last drill without AI", dayElement(textIn(fields, "last_drill_on"))]]),
    ),
  ];
}

function steps(context: PartContext): Child {
  const { record, nameOf, text } = context;
  const items = itemsIn(record.fields, "steps");
  if (items.length === 0) return null;
  const titles = itemsIn(record.fields, "prompts");
  return h(
    "ol",
    { className: "steps" },
    items.map((step, index) => {
      const actor = textIn(step, "actor");
      const minutes = textIn(step, "expected_minutes");
      return h(
        "li",
        { id: `step-${(index + 1).toString()}` },
        h("h3", { dir: "auto" }, textIn(step, "title") || `Step ${(index + 1).toString()}`),
        h(
          "p",
          { className: "meta" },
          joined([
            actor === ""
              ? null
              : h(
                  "span",
                  { className: "actor", dataActor: actor },
                  labelOf(record, "steps.actor", actor),
                ),
            minutes === "" ? null : `${minutes} min`,
            nameOf(textIn(step, "tool_id")),
            promptLink(step, titles),
          ]),
        ),
        [...text(textIn(step, "instruction_md"), `step-${(index + 1).toString()}-`)],
        check(step),
      );
    }),
  );
}

/** A step names its prompt by id or by title. */
function promptLink(step: Item, prompts: readonly Item[]): Child {
  const wanted = textIn(step, "prompt_id");
  if (wanted === "") return null;
  const index = prompts.findIndex(
    (prompt) => textIn(prompt, "id") === wanted || textIn(prompt, "title") === wanted,
  );
  if (index === -1) return null;
  const title = textIn(prompts[index] ?? {}, "title") || `Prompt ${(index + 1).toString()}`;
  return ["Prompt: ", h("a", { href: `#prompt-${(index + 1).toString()}`, dir: "auto" }, title)];
}

function check(step: Item): Child {
  const found = groupIn(step, "check");
  return facts([
    ["Check", textIn(found, "what")],
    ["Who decides", textIn(found, "decision_owner_role")],
    ["Stop when", textIn(found, "stop_condition")],
  ]);
}

function prompts({ record }: PartContext): Child {
  return itemsIn(record.fields, "prompts").flatMap((prompt, index) => {
    const text = textIn(prompt, "text");
    return text === "" ? [] : [promptElement(prompt, text, (index + 1).toString())];
  });
}

function promptElement(prompt: Item, text: string, number: string): Element {
  const title = textIn(prompt, "title") || `Prompt ${number}`;
  const version = textIn(prompt, "version");
  const models = linesIn(prompt, "model_hint").join(", ");
  const id = `prompt-${number}-text`;
  return h(
    "div",
    { className: "prompt", id: `prompt-${number}` },
    h("h3", { dir: "auto" }, title),
    h(
      "p",
      { className: "meta" },
      joined([
        version === "" ? null : `Version ${version}`,
        models === "" ? null : `Works best with ${models}`,
      ]),
    ),
    h(
      "pre",
      { id, tabIndex: 0, dir: "auto", ariaLabel: `Text of the prompt ${title}`, role: "group" },
      promptRuns(text, {}).map((run) =>
        run.kind === "text" ? run.text : h("mark", {}, `{{${run.name}}}`),
      ),
    ),
    h("button", { type: "button", className: "copy", dataCopy: id, hidden: true }, "Copy prompt"),
    variables(prompt),
    examples(prompt),
  );
}

function variables(prompt: Item): Child {
  return facts(
    itemsIn(prompt, "vars").map((variable) => [
      textIn(variable, "name"),
      joined([
        textIn(variable, "description"),
        textIn(variable, "example") === "" ? null : `for example: ${textIn(variable, "example")}`,
      ]),
    ]),
  );
}

function examples(prompt: Item): Child {
  return itemsIn(prompt, "examples").map((example, index) =>
    h(
      "details",
      {},
      h("summary", {}, `Example ${(index + 1).toString()}`),
      ["input", "output"].map((name) =>
        textIn(example, name) === ""
          ? null
          : [
              h("p", { className: "meta" }, name === "input" ? "What went in" : "What came out"),
              h(
                "pre",
                { tabIndex: 0, dir: "auto", role: "group", ariaLabel: `Example, ${name}` },
                textIn(example, name),
              ),
            ],
      ),
    ),
  );
}

function guardrails({ record, nameOf }: PartContext): Child {
  const { fields } = record;
  const bias = groupIn(fields, "bias_check");
  const told = groupIn(fields, "transparency");
  const risk = textIn(fields, "risk_tier");
  const autonomy = textIn(fields, "autonomy_level");
  const classes = linesIn(fields, "data_classes")
    .map((value) => labelOf(record, "data_classes", value))
    .join(", ");
  return [
    lineList(linesIn(fields, "guardrails"), "never"),
    facts([
      ["Risk tier", risk === "" ? "" : labelOf(record, "risk_tier", risk)],
      ["Autonomy", autonomy === "" ? "" : labelOf(record, "autonomy_level", autonomy)],
      ["Data used", classes],
      ["Bias check", dayElement(textIn(bias, "done_on"))],
      ["Checked by", nameOf(textIn(bias, "by"))],
      ["Method", textIn(bias, "method")],
      ["Groups compared", textIn(bias, "groups")],
      ["Result", textIn(bias, "result")],
      ["Customers are told", textIn(told, "customer_is_told")],
      ["How it is explained", textIn(told, "how_explained")],
      ["How to appeal", textIn(told, "appeal_route")],
      ["Policies", linesIn(fields, "policies").join(", ")],
    ]),
  ];
}

function handoff({ record }: PartContext): Child {
  const found = groupIn(record.fields, "handoff");
  return facts([
    ["When", textIn(found, "trigger")],
    ["To whom", textIn(found, "receiving_role")],
    ["What is passed on", textIn(found, "context_passed")],
    ["Longest wait", textIn(found, "maximum_wait")],
  ]);
}
