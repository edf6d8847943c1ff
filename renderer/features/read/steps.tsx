/** The steps of a playbook: who acts, what to do, and where a person has to look before going on. */
import { Bot, Hand, type LucideIcon, UserRound, UserRoundCheck } from "lucide-react";
import type { ReactElement } from "react";
import { RouteLink } from "#renderer/platform/navigation.tsx";
import { Facts } from "#renderer/ui/facts.tsx";
import { Markdown } from "#renderer/ui/markdown/markdown.tsx";
import type { MarkdownSources } from "#renderer/ui/markdown/markdown-sources.ts";
import type { RecordView } from "#shared/contract/record-shapes.ts";
import { type Json, jsonSchema } from "#shared/domain/json.ts";
import { group, items } from "./parts.ts";
import type { Prompt } from "./prompts.ts";
import styles from "./steps.module.css";

type StepsProps = {
  readonly record: RecordView;
  readonly sources: MarkdownSources;
  readonly prompts: readonly Prompt[];
};

const actors: Readonly<Record<string, { readonly label: string; readonly icon: LucideIcon }>> = {
  human: { label: "A person", icon: UserRound },
  ai: { label: "AI", icon: Bot },
  ai_with_human_check: { label: "AI, checked by a person", icon: UserRoundCheck },
};

/** The steps, numbered. */
export function Steps({ record, sources, prompts }: StepsProps): ReactElement {
  return (
    <ol className={styles.steps}>
      {items(record.fields.steps).map((step, index) => {
        const texts = group(asJson(step));
        const actor = actors[texts.actor ?? ""];
        const tool = record.references.find(({ id }) => id === texts.tool_id);
        const prompt = prompts.find(({ id, title }) => [id, title].includes(texts.prompt_id ?? ""));
        return (
          <li key={step.id ?? index} className={styles.step}>
            <div className={styles.stepHead}>
              <h3 dir="auto">{texts.title ?? `Step ${(index + 1).toString()}`}</h3>
              <p className={styles.stepMeta}>
                {actor !== undefined && (
                  <span className={styles.actor} data-actor={texts.actor}>
                    <actor.icon aria-hidden="true" />
                    {actor.label}
                  </span>
                )}
                {tool !== undefined && (
                  <RouteLink to={{ screen: "record", id: tool.id }}>{tool.title}</RouteLink>
                )}
                {texts.expected_minutes !== undefined && <span>{texts.expected_minutes} min</span>}
                {prompt !== undefined && <PromptLink prompt={prompt} />}
              </p>
            </div>
            {texts.instruction_md !== undefined && (
              <Markdown
                text={texts.instruction_md}
                sources={sources}
                idPrefix={`step-${index.toString()}-`}
                topLevel={4}
              />
            )}
            <Check check={group(asJson(step.check))} />
          </li>
        );
      })}
    </ol>
  );
}

function Check({ check }: { readonly check: Readonly<Record<string, string>> }) {
  if (Object.values(check).every((value) => value === "")) return null;
  return (
    <div className={styles.check} role="note" aria-label="Check by a person">
      <p className={styles.checkTitle}>
        <Hand aria-hidden="true" />
        Check before going on
      </p>
      <Facts
        facts={[
          ["What is checked", check.what],
          ["Who decides", check.decision_owner_role],
          ["Stop when", check.stop_condition],
        ]}
      />
    </div>
  );
}

function PromptLink({ prompt }: { readonly prompt: Prompt }): ReactElement {
  const id = `prompt-${prompt.id}`;
  return (
    <a
      href={`#${id}`}
      onClick={(event) => {
        event.preventDefault();
        const target = document.getElementById(id);
        target?.scrollIntoView({ block: "start" });
        target?.querySelector<HTMLElement>("textarea, button")?.focus({ preventScroll: true });
      }}
    >
      Prompt: {prompt.title || "see below"}
    </a>
  );
}

/** Values of a parsed field are JSON already; the parser only says so less exactly. */
function asJson(value: unknown): Json | undefined {
  return jsonSchema.safeParse(value).data;
}
