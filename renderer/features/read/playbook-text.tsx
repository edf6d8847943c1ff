/** What a playbook holds besides its text: steps, prompts, limits, and the way without AI. */
import type { ReactElement } from "react";
import type { MarkdownSources } from "#renderer/ui/markdown/markdown-sources.ts";
import { Stack } from "#renderer/ui/stack.tsx";
import type { RecordView } from "#shared/contract/record-shapes.ts";
import { MarkdownPart, PartSection } from "./part-section.tsx";
import { items, text } from "./parts.ts";
import { PromptCard } from "./prompt-card.tsx";
import { promptsOf } from "./prompts.ts";
import { Steps } from "./steps.tsx";

type PlaybookTextProps = { readonly record: RecordView; readonly sources: MarkdownSources };

/** The parts that have something in them, in reading order. */
export function PlaybookText({ record, sources }: PlaybookTextProps): ReactElement {
  const steps = items(record.fields.steps);
  const prompts = promptsOf(record.fields.prompts);
  return (
    <>
      {steps.length > 0 && (
        <PartSection field="steps" label="Steps">
          <Steps record={record} sources={sources} prompts={prompts} />
        </PartSection>
      )}
      {prompts.length > 0 && (
        <PartSection field="prompts" label="Prompts">
          <Stack>
            {prompts.map((prompt) => (
              <PromptCard key={prompt.id} prompt={prompt} />
            ))}
          </Stack>
        </PartSection>
      )}
      <MarkdownPart
        field="capabilities_md"
        label="What it does well"
        text={text(record, "capabilities_md")}
        sources={sources}
      />
      <MarkdownPart
        field="limitations_md"
        label="Known limits, and when not to use it"
        text={text(record, "limitations_md")}
        sources={sources}
      />
      <MarkdownPart
        field="fallback_md"
        label="Fallback without AI"
        text={text(record, "fallback_md")}
        sources={sources}
      />
    </>
  );
}
