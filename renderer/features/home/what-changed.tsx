/** The newest work of everybody, by day: which page, who, and what they did to it. */
import { type ReactElement, useState } from "react";
import { type Output, useAsk } from "#renderer/platform/api.ts";
import { TitleLink } from "#renderer/platform/title-link.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import { changedLabels, wasImported } from "#renderer/ui/revision-words.ts";
import { Skeleton } from "#renderer/ui/skeleton.tsx";
import { Time } from "#renderer/ui/time.tsx";
import { TypeIcon } from "#renderer/ui/type-icon.tsx";
import { recordTypeOf } from "#shared/domain/record-types.ts";
import { byDay } from "./by-day.ts";
import styles from "./home.module.css";
import { newestWork } from "./questions.ts";

type Changed = Output<"records", "latest">[number];

/** The newest of all that people write for each other. */
export function WhatChanged(): ReactElement | null {
  const { data: newest, error } = useAsk("records", "latest", newestWork);
  const [today] = useState(() => new Date());
  if (error) return <Notice tone="bad">{error.message}</Notice>;
  if (newest === undefined) return <Skeleton lines={8} />;
  if (newest.length === 0) return null;
  return (
    <section aria-labelledby="what-changed">
      <h2 id="what-changed" className={styles.heading}>
        What changed
      </h2>
      {byDay(newest, today).map(({ day, records }) => (
        <section key={day} aria-label={day}>
          <h3 className={styles.day}>{day}</h3>
          <ul>
            {records.map((record) => (
              <ChangedLine key={record.id} record={record} />
            ))}
          </ul>
        </section>
      ))}
    </section>
  );
}

function ChangedLine({ record }: { readonly record: Changed }) {
  return (
    <li className={styles.line}>
      <TypeIcon
        type={record.type}
        label={recordTypeOf(record.type)?.label ?? record.type}
        className={styles.type ?? ""}
      />
      <div className={styles.text}>
        <TitleLink to={{ screen: "record", id: record.id }}>{record.title}</TitleLink>
        {record.summary !== "" && (
          <span className={styles.summary} dir="auto">
            {record.summary}
          </span>
        )}
        <span className={styles.meta}>
          <span dir="auto">{didWhat(record)}</span>
          {record.department !== null && <span dir="auto">{record.department.title}</span>}
          <Time iso={record.updatedAt} />
        </span>
      </div>
    </li>
  );
}

/** `Ada Example changed Text, Steps`. */
function didWhat({ type, updatedBy, revision }: Changed): string {
  const who = updatedBy?.title ?? "Somebody";
  if (revision.note !== null) return `${who}: ${revision.note}`;
  if (wasImported(revision)) return `${who} imported it`;
  if (revision.number === 1) return `${who} wrote it`;
  const labels = changedLabels(type, revision);
  return labels === "" ? `${who} changed it` : `${who} changed ${labels}`;
}
