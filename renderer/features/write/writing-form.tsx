/** Text and fields in a few tabs, one for each thing that one thinks about at a time. */
import { type ReactElement, useState } from "react";
import { isBlank } from "#renderer/ui/field-text.ts";
import { type Tab, Tabs } from "#renderer/ui/tabs.tsx";
import type { Section } from "#shared/domain/field.ts";
import { recordTypeOf } from "#shared/domain/record-types.ts";
import { FieldsForm } from "./fields-form.tsx";
import type { Opening } from "./opening.ts";
import { TextEditor } from "./text-editor.tsx";
import type { Writing } from "./use-writing.ts";
import styles from "./write.module.css";

type WritingFormProps = {
  readonly opening: Opening;
  readonly writing: Writing;
  readonly problems: ReadonlyMap<string, string>;
};

type Group = "content" | "about" | "guardrails" | "context" | "trust";

const groupOf: Readonly<Record<Section, Group>> = {
  content: "content",
  about: "about",
  guardrails: "guardrails",
  handoff: "guardrails",
  context: "context",
  people: "context",
  effort: "context",
  relations: "context",
  trust: "trust",
  origin: "trust",
};

const labels: Readonly<Record<Group, string>> = {
  content: "Content",
  about: "About",
  guardrails: "Guardrails and handoff",
  context: "Where it applies",
  trust: "Trust and origin",
};
const contentLabels: Readonly<Record<string, string>> = {
  playbook: "Steps and prompts",
  lesson: "The story",
};

/** The tabs of a record's type. A tab says how much of it is filled in. */
export function WritingForm({ opening, writing, problems }: WritingFormProps): ReactElement {
  const groups = groupsFor(opening.type);
  const withProblem = groups.find(({ names }) => names.some((name) => problems.has(name)));
  const [chosen, setChosen] = useState<string>("text");
  const [seen, setSeen] = useState(problems);
  // A refused field is shown: its tab opens once for each refusal.
  if (seen !== problems) {
    setSeen(problems);
    if (withProblem !== undefined) setChosen(withProblem.group);
  }
  const tabs: readonly Tab<string>[] = [
    { value: "text", label: "Text" },
    ...groups.map(({ group, names }) => {
      const filled = names.filter((name) => !isBlank(writing.content.fields[name])).length;
      const label =
        (group === "content" ? contentLabels[opening.type] : undefined) ?? labels[group];
      return { value: group, label, ...(filled === 0 ? {} : { count: filled }) };
    }),
  ];
  const shown = groups.find(({ group }) => group === chosen);
  return (
    <Tabs label="Parts of the record" value={chosen} onChange={setChosen} tabs={tabs}>
      {shown === undefined ? (
        <TextEditor opening={opening} writing={writing} />
      ) : (
        <div className={styles.form}>
          <FieldsForm opening={opening} writing={writing} names={shown.names} problems={problems} />
        </div>
      )}
    </Tabs>
  );
}

function groupsFor(type: string) {
  const declared = recordTypeOf(type);
  const names = Object.entries(declared?.fields ?? {}).filter(
    ([name, field]) =>
      name !== "body" &&
      name !== declared?.titleField &&
      field.readOnly !== true &&
      field.kind !== "object" &&
      field.kind !== "attachments",
  );
  const order: readonly Group[] = ["content", "about", "guardrails", "context", "trust"];
  return order
    .map((group) => ({
      group,
      names: names.filter(([, field]) => groupOf[field.section] === group).map(([name]) => name),
    }))
    .filter(({ names }) => names.length > 0);
}
