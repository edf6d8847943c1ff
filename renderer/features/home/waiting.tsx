/** What waits for the person, and what is going stale in the whole workspace. */
import type { ReactElement } from "react";
import type { RecordId } from "#shared/domain/ids.ts";
import { recordTypeOf } from "#shared/domain/record-types.ts";
import type { Route } from "#shared/navigation/route.ts";
import { type Output, useAsk } from "#renderer/platform/api.ts";
import { RouteLink } from "#renderer/platform/navigation.tsx";
import { TitleLink } from "#renderer/platform/title-link.tsx";
import { formatTime, Time } from "#renderer/ui/time.tsx";
import styles from "./home.module.css";
import { dayAfter, dueShown as shown, staleNow } from "./questions.ts";
import { Section } from "./section.tsx";

/** One's own pages are named this many days before their verification ends. */
const noticeDays = 14;

type Draft = Output<"drafts", "list">[number];
type Due = Output<"records", "due">["records"][number];

type WaitingProps = {
  readonly person: RecordId | undefined;
  /** Says nothing where nothing waits: an empty workspace has one thing to say. */
  readonly quiet: boolean;
};

/** Drafts, one's own pages that are due for a check, and what nobody has checked in time. */
export function Waiting({ person, quiet }: WaitingProps): ReactElement {
  const drafts = useAsk("drafts", "list", {}).data ?? [];
  const mine = useAsk(
    "records",
    "due",
    {
      before: dayAfter(noticeDays),
      limit: shown,
      ...(person === undefined ? {} : { owner: person }),
    },
    { enabled: person !== undefined },
  ).data;
  const stale = useAsk("records", "due", staleNow()).data;
  const others = (stale?.records ?? []).filter(({ owner }) => owner?.id !== person);
  // The frame asks the same, so that this costs no question of its own.
  const conflicts = useAsk("sharing", "state", {}).data?.conflicts ?? 0;
  const nothing = drafts.length === 0 && (mine?.total ?? 0) === 0 && conflicts === 0;
  return (
    <>
      {conflicts > 0 && <Conflicts count={conflicts} />}
      {drafts.length > 0 && <Drafts drafts={drafts} />}
      {mine !== undefined && mine.total > 0 && (
        <Section title="Your pages to check" more={rest(mine.total, mine.records.length)}>
          {mine.records.map((record) => (
            <DueLine key={record.id} record={record} />
          ))}
        </Section>
      )}
      {nothing && !quiet && (
        <Section title="Waiting for you">
          <li className={styles.quiet}>
            Nothing. What you start to write, and your pages that are due for a check, appear here.
          </li>
        </Section>
      )}
      {others.length > 0 && (
        <Section title="Going stale" more={rest(stale?.total ?? 0, others.length)}>
          {others.map((record) => (
            <DueLine key={record.id} record={record} />
          ))}
        </Section>
      )}
    </>
  );
}

function Conflicts({ count }: { readonly count: number }) {
  return (
    <Section title="Waiting for you">
      <li className={styles.line}>
        <div className={styles.text}>
          <TitleLink to={{ screen: "conflicts" }}>
            {`${count.toLocaleString()} ${count === 1 ? "record" : "records"} with different answers`}
          </TitleLink>
          <span className={styles.meta}>
            <span>People wrote at the same time, and somebody has to choose</span>
          </span>
        </div>
      </li>
    </Section>
  );
}

function Drafts({ drafts }: { readonly drafts: readonly Draft[] }) {
  return (
    <Section
      title="Your drafts"
      more={
        drafts.length > shown ? (
          <RouteLink to={{ screen: "drafts" }}>
            {`All ${drafts.length.toLocaleString()} drafts`}
          </RouteLink>
        ) : undefined
      }
    >
      {drafts.slice(0, shown).map((draft) => (
        <li key={draft.key} className={styles.line}>
          <div className={styles.text}>
            <TitleLink to={continueAt(draft)}>
              {draft.title ||
                `Untitled ${(recordTypeOf(draft.type)?.label ?? draft.type).toLowerCase()}`}
            </TitleLink>
            <span className={styles.meta}>
              <span>
                Saved <Time iso={draft.savedAt} />
              </span>
            </span>
          </div>
        </li>
      ))}
    </Section>
  );
}

function DueLine({ record }: { readonly record: Due }) {
  const over = record.until < dayAfter(0);
  return (
    <li className={styles.line}>
      <div className={styles.text}>
        <TitleLink to={{ screen: "record", id: record.id }}>{record.title}</TitleLink>
        <span className={styles.meta}>
          <span className={over ? styles.warn : undefined}>
            {over ? "Check was due" : "Check by"} {formatTime(record.until, "date")}
          </span>
          {record.owner !== null && <span dir="auto">{record.owner.title}</span>}
        </span>
      </div>
    </li>
  );
}

function continueAt(draft: Draft): Route {
  return draft.record === undefined
    ? { screen: "new", type: draft.type, draft: draft.key }
    : {
        screen: "edit",
        id: draft.record,
        draft: draft.key === draft.record ? undefined : draft.key,
      };
}

function rest(total: number, listed: number): string | undefined {
  const more = total - listed;
  return more > 0 ? `and ${more.toLocaleString()} more` : undefined;
}
