/** What exists already and sounds like the title that is being typed. */
import { type ReactElement, useDeferredValue } from "react";
import { useAsk } from "#renderer/platform/api.ts";
import { RouteLink } from "#renderer/platform/navigation.tsx";
import { TypeIcon } from "#renderer/ui/type-icon.tsx";
import type { RecordId } from "#shared/domain/ids.ts";
import { recordTypeOf } from "#shared/domain/record-types.ts";
import styles from "./write.module.css";

type SimilarRecordsProps = {
  readonly type: string;
  readonly title: string;
  /** A title that nobody changed needs no warning. */
  readonly startTitle: string;
  readonly except: RecordId | undefined;
};

const shortest = 4;
const mostShown = 3;

/** At most a few links; leaving is safe, the draft stays. */
export function SimilarRecords(props: SimilarRecordsProps): ReactElement | null {
  const { type, startTitle, except } = props;
  const title = useDeferredValue(props.title.trim());
  const asked = title.length >= shortest && title !== startTitle.trim();
  const similar = useAsk(
    "records",
    "similar",
    { type, title: title.slice(0, 500), ...(except === undefined ? {} : { except }) },
    { enabled: asked, keepPrevious: true },
  );
  if (!asked || similar.data === undefined || similar.data.length === 0) return null;
  return (
    <aside className={styles.similar} aria-label="Similar records">
      <span>Perhaps already here:</span>
      <ul>
        {similar.data.slice(0, mostShown).map((record) => (
          <li key={record.id}>
            <TypeIcon type={record.type} label={recordTypeOf(record.type)?.label ?? record.type} />
            <RouteLink to={{ screen: "record", id: record.id }} dir="auto">
              {record.title}
            </RouteLink>
          </li>
        ))}
      </ul>
    </aside>
  );
}
