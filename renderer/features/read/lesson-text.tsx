/** A lesson in the order in which one asks: what set it off, what happened, why, and what to do. */
import type { ReactElement, ReactNode } from "react";
import { Badge } from "#renderer/ui/badge.tsx";
import { Facts } from "#renderer/ui/facts.tsx";
import { isBlank, optionLabel } from "#renderer/ui/field-text.ts";
import type { MarkdownSources } from "#renderer/ui/markdown/markdown-sources.ts";
import { Time } from "#renderer/ui/time.tsx";
import type { RecordView } from "#shared/contract/record-shapes.ts";
import type { Field } from "#shared/domain/field.ts";
import { lesson } from "#shared/domain/lesson.ts";
import { MarkdownPart, PartSection } from "./part-section.tsx";
import { group, items, lines, text } from "./parts.ts";
import styles from "./lesson-text.module.css";

type LessonTextProps = {
  readonly record: RecordView;
  readonly sources: MarkdownSources;
  /** The story comes before the free text, causes and consequences after it. */
  readonly place: "before" | "after";
};

/** The parts of a lesson that have something in them. */
export function LessonText({ record, sources, place }: LessonTextProps): ReactElement {
  const part = (field: string, label: string) => (
    <MarkdownPart field={field} label={label} text={text(record, field)} sources={sources} />
  );
  if (place === "before") {
    return (
      <>
        <DrivingEvent record={record} />
        {part("what_was_supposed_to_happen", "What was supposed to happen")}
        {part("what_happened", "What happened")}
        {part("why_different", "Why it was different")}
      </>
    );
  }
  return (
    <>
      <Impact record={record} />
      <Causes record={record} />
      <Recommendations record={record} />
      <ActionItems record={record} />
      {part("went_well", "What went well")}
      {part("went_wrong", "What went wrong")}
      {part("got_lucky", "Where we got lucky")}
      <Timeline record={record} />
    </>
  );
}

type PartProps = { readonly record: RecordView };

function DrivingEvent({ record }: PartProps): ReactElement | null {
  const event = text(record, "driving_event");
  const date = text(record, "event_date");
  const noticed = text(record, "detected_how");
  if (event === "" && date === "" && noticed === "") return null;
  return (
    <PartSection field="driving_event" label="What set it off">
      {event !== "" && (
        <p className={styles.statement} dir="auto">
          {event}
        </p>
      )}
      <Facts
        facts={[
          ["When", date === "" ? null : <Time iso={date} format="date" />],
          ["How it was noticed", noticed],
        ]}
      />
    </PartSection>
  );
}

function Impact({ record }: PartProps): ReactElement | null {
  const impact = group(record.fields.impact);
  if (isBlank(record.fields.impact)) return null;
  return (
    <PartSection field="impact" label="Impact">
      <p className={styles.figure} dir="auto">
        {impact.value !== undefined && <strong>{impact.value}</strong>} {impact.metric}
      </p>
      <Facts facts={[["Who was affected", impact.who_was_affected]]} />
    </PartSection>
  );
}

function Causes({ record }: PartProps): ReactElement {
  const causes = items(record.fields.root_causes);
  const factors = lines(record, "contributing_factors");
  return (
    <>
      {causes.length > 0 && (
        <PartSection field="root_causes" label="Root causes">
          <ul>
            {causes.map((cause, index) => (
              <Entry
                key={cause.id ?? index}
                text={said(cause.text)}
                aside={<Badge>{label("root_causes", "pillar", said(cause.pillar))}</Badge>}
                showAside={said(cause.pillar) !== ""}
              />
            ))}
          </ul>
        </PartSection>
      )}
      {factors.length > 0 && (
        <PartSection field="contributing_factors" label="Contributing factors">
          <ul>
            {factors.map((factor) => (
              <Entry key={factor} text={factor} />
            ))}
          </ul>
        </PartSection>
      )}
    </>
  );
}

function Recommendations({ record }: PartProps): ReactElement | null {
  const recommendations = items(record.fields.recommendations);
  if (recommendations.length === 0) return null;
  return (
    <PartSection field="recommendations" label="Recommendations">
      <ul>
        {recommendations.map((one, index) => {
          const kind = label("recommendations", "kind", said(one.kind));
          const priority = said(one.priority);
          return (
            <Entry
              key={one.id ?? index}
              lead={kind}
              text={said(one.text)}
              aside={
                <Badge tone={priority === "high" ? "warn" : "plain"}>{priority} priority</Badge>
              }
              showAside={priority !== ""}
            />
          );
        })}
      </ul>
    </PartSection>
  );
}

function ActionItems({ record }: PartProps): ReactElement | null {
  const actions = items(record.fields.action_items);
  if (actions.length === 0) return null;
  return (
    <PartSection field="action_items" label="Action items">
      <ul>
        {actions.map((action, index) => {
          const status = said(action.status);
          const owner = record.references.find(({ id }) => id === action.owner)?.title;
          const due = said(action.due_on);
          return (
            <Entry
              key={action.id ?? index}
              text={said(action.text)}
              aside={
                <>
                  {status !== "" && (
                    <Badge tone={status === "done" ? "good" : "plain"}>
                      {label("action_items", "status", status)}
                    </Badge>
                  )}
                  {owner !== undefined && <span>{owner}</span>}
                  {due !== "" && (
                    <span>
                      due <Time iso={due} format="date" />
                    </span>
                  )}
                </>
              }
              showAside={status !== "" || due !== "" || owner !== undefined}
            />
          );
        })}
      </ul>
    </PartSection>
  );
}

function Timeline({ record }: PartProps): ReactElement | null {
  const events = items(record.fields.timeline);
  if (events.length === 0) return null;
  return (
    <PartSection field="timeline" label="Timeline">
      <ol className={styles.timeline}>
        {events.map((event, index) => (
          <li key={event.id ?? index}>
            <span className={styles.timelineAt}>{said(event.at)}</span>
            <span dir="auto">{said(event.event)}</span>
          </li>
        ))}
      </ol>
    </PartSection>
  );
}

type EntryProps = {
  readonly lead?: string;
  readonly text: string;
  readonly aside?: ReactNode;
  readonly showAside?: boolean;
};

function Entry({ lead = "", text, aside, showAside = false }: EntryProps): ReactElement {
  return (
    <li className={styles.entry}>
      <span dir="auto">
        {lead !== "" && <strong>{lead}: </strong>}
        {text}
      </span>
      {showAside && <span className={styles.entryAside}>{aside}</span>}
    </li>
  );
}

function said(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** What a choice inside a list is called. */
function label(list: string, name: string, value: string): string {
  const declared: Field | undefined = lesson.fields[list];
  const inner = declared !== undefined && "fields" in declared ? declared.fields[name] : undefined;
  return inner === undefined || value === "" ? value : optionLabel(inner, value);
}
