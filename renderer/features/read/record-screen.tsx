/**
 * The reading page: a record as a person reads it, whatever its type, with what makes it worth
 * relying on beside it. It writes nothing but the trash and the mark "opened".
 */
import { type ReactElement, Suspense, useEffect, useState } from "react";
import { useAsk, useTell } from "#renderer/platform/api.ts";
import { useMarkdownSources } from "#renderer/platform/markdown-sources.tsx";
import { RouteLink, type RouteOf } from "#renderer/platform/navigation.tsx";
import { buttonClass } from "#renderer/ui/button.tsx";
import { EmptyState } from "#renderer/ui/empty-state.tsx";
import { useSafeTree } from "#renderer/ui/markdown/markdown.tsx";
import { Page, PageHeader } from "#renderer/ui/page.tsx";
import { Skeleton } from "#renderer/ui/skeleton.tsx";
import type { RecordView } from "#shared/contract/record-shapes.ts";
import { Contents } from "./contents.tsx";
import { DetailsSection } from "./details-section.tsx";
import { GuardrailsPanel, HandoffPanel } from "./guardrails-panel.tsx";
import { LessonText } from "./lesson-text.tsx";
import { LinkedRecords } from "./linked-records.tsx";
import { type Parts, partsOf } from "./parts.ts";
import { PlaybookText } from "./playbook-text.tsx";
import { RecordHeader } from "./record-header.tsx";
import { RecordNotices } from "./record-notices.tsx";
import { TextBody } from "./text-body.tsx";
import { TrustPanel, TrustSummary } from "./trust-panel.tsx";
import styles from "./record-screen.module.css";

export type RecordScreenProps = { readonly route: RouteOf<"record"> };

/** The screen of one record, as it is or as it was at a revision. */
export function RecordScreen({ route }: RecordScreenProps): ReactElement {
  const { id, revision, heading } = route;
  const asked = useAsk("records", "get", { id, ...(revision === undefined ? {} : { revision }) });
  useOpened(route);
  if (asked.isError) return <NotFound reason={asked.error.message} />;
  if (asked.data === undefined) {
    return (
      <Page title="Opening">
        <Skeleton lines={8} label="Opening the record" />
      </Page>
    );
  }
  return <Reading key={id} record={asked.data} revision={revision} heading={heading} />;
}

/** Remembers the visit for "recent"; an older revision is no visit. */
function useOpened({ id, revision }: RecordScreenProps["route"]): void {
  const { mutate } = useTell("workspace", "opened");
  useEffect(() => {
    if (revision === undefined) mutate({ id });
  }, [id, revision, mutate]);
}

function NotFound({ reason }: { readonly reason: string }): ReactElement {
  return (
    <Page title="Not here" width="reading">
      <PageHeader title="Nothing to read here" />
      <EmptyState
        title="This record could not be opened"
        purpose={reason}
        action={
          <RouteLink to={{ screen: "home" }} className={buttonClass("secondary")}>
            Go home
          </RouteLink>
        }
      />
    </Page>
  );
}

type ReadingProps = {
  readonly record: RecordView;
  readonly revision: number | undefined;
  readonly heading: string | undefined;
};

function Reading({ record, revision, heading }: ReadingProps): ReactElement {
  const parts = partsOf(record);
  const [now] = useState(() => Date.now());
  return (
    <Page title={record.title} width="wide">
      <RecordHeader record={record} revision={revision} now={now} />
      <RecordNotices record={record} revision={revision} now={now} />
      <TrustSummary record={record} now={now} />
      <div className={styles.layout}>
        <Suspense
          fallback={
            <div className={styles.article}>
              <Skeleton lines={10} label="Laying out the text" />
            </div>
          }
        >
          <Article record={record} parts={parts} heading={heading} />
        </Suspense>
        <aside
          id="about-record"
          tabIndex={-1}
          className={styles.rail}
          aria-label="About this record"
        >
          <TrustPanel record={record} now={now} />
          <GuardrailsPanel record={record} />
          <HandoffPanel record={record} />
        </aside>
      </div>
    </Page>
  );
}

type ArticleProps = {
  readonly record: RecordView;
  readonly parts: Parts;
  readonly heading: string | undefined;
};

function Article({ record, parts, heading }: ArticleProps): ReactElement {
  const sources = useMarkdownSources(record.id);
  const tree = useSafeTree(record.body, { title: record.title });
  return (
    <>
      <Contents tree={tree} parts={parts} heading={heading} />
      <article className={styles.article} aria-label={record.title}>
        {parts.lede !== "" && (
          <p className={styles.lede} dir="auto">
            {parts.lede}
          </p>
        )}
        {record.type === "lesson" && (
          <LessonText record={record} sources={sources} place="before" />
        )}
        <TextBody tree={tree} sources={sources} id={record.id} empty={parts.isEmpty} />
        {record.type === "playbook" && <PlaybookText record={record} sources={sources} />}
        {record.type === "lesson" && <LessonText record={record} sources={sources} place="after" />}
        <DetailsSection record={record} shown={parts.shown} sources={sources} />
        <LinkedRecords record={record} />
      </article>
    </>
  );
}
