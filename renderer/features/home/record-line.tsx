/** A record as one line: what it is, who touched it and when. */
import type { ReactElement } from "react";
import type { RecordSummary } from "#shared/contract/record-shapes.ts";
import { recordTypeOf } from "#shared/domain/record-types.ts";
import { RouteLink } from "#renderer/platform/navigation.tsx";
import { Time } from "#renderer/ui/time.tsx";
import { TypeIcon } from "#renderer/ui/type-icon.tsx";
import styles from "./home.module.css";

/** The line. */
export function RecordLine({ record }: { readonly record: RecordSummary }): ReactElement {
  return (
    <li className={styles.line}>
      <TypeIcon
        type={record.type}
        label={recordTypeOf(record.type)?.label ?? record.type}
        className={styles.type ?? ""}
      />
      <div className={styles.text}>
        <RouteLink to={{ screen: "record", id: record.id }} className={styles.title} dir="auto">
          {record.title}
        </RouteLink>
        {record.summary !== "" && (
          <span className={styles.summary} dir="auto">
            {record.summary}
          </span>
        )}
        <span className={styles.meta}>
          <Time iso={record.updatedAt} />
          {record.updatedBy !== null && <span dir="auto">{record.updatedBy.title}</span>}
          {record.department !== null && <span dir="auto">{record.department.title}</span>}
        </span>
      </div>
    </li>
  );
}
