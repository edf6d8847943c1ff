/** The history of a record: who changed what and when, any two revisions compared, any one restored. */
import { ArrowLeft } from "lucide-react";
import { type ReactElement, useState } from "react";
import { useAsk } from "#renderer/platform/api.ts";
import { navigate, RouteLink, type RouteOf } from "#renderer/platform/navigation.tsx";
import { buttonClass } from "#renderer/ui/button.tsx";
import { classNames } from "#renderer/ui/class-names.ts";
import { EmptyState } from "#renderer/ui/empty-state.tsx";
import { Page, PageHeader } from "#renderer/ui/page.tsx";
import { Skeleton } from "#renderer/ui/skeleton.tsx";
import type { Revision } from "#shared/contract/record-shapes.ts";
import { Comparison } from "./comparison.tsx";
import { RevisionList } from "./revision-list.tsx";
import styles from "./history.module.css";

/** The screen; the address names the two revisions that are compared. */
export function HistoryScreen({ route }: { readonly route: RouteOf<"history"> }): ReactElement {
  const { id } = route;
  const record = useAsk("records", "get", { id });
  const history = useAsk("records", "history", { id });
  const failure = record.error ?? history.error;
  if (failure !== null) {
    return (
      <Page title="History">
        <EmptyState title="The history could not be read" purpose={failure.message} />
      </Page>
    );
  }
  if (record.data === undefined || history.data === undefined) {
    return (
      <Page title="History">
        <Skeleton lines={8} label="Reading the history" />
      </Page>
    );
  }
  return (
    <Page title={`History of ${record.data.title}`} width="wide" fill>
      <PageHeader
        title={record.data.title}
        eyebrow={
          <RouteLink
            to={{ screen: "record", id }}
            className={classNames(buttonClass("quiet", "small"), styles.back)}
          >
            <ArrowLeft aria-hidden="true" className={styles.backIcon} />
            Back to reading
          </RouteLink>
        }
        meta={
          history.data.length === 1 ? "1 revision" : `${history.data.length.toString()} revisions`
        }
      />
      <Compared route={route} revisions={history.data} type={record.data.type} />
    </Page>
  );
}

type ComparedProps = {
  readonly route: RouteOf<"history">;
  readonly revisions: readonly Revision[];
  readonly type: string;
};

function Compared({ route, revisions, type }: ComparedProps): ReactElement {
  const newest = revisions.toSorted((a, b) => b.number - a.number);
  const last = newest[0]?.number ?? 1;
  const to = within(route.to, last) ?? last;
  const from = within(route.from, last) ?? Math.max(1, to - 1);
  const [wide, setWide] = useState(false);
  const choose = (pair: { readonly from: number; readonly to: number }) =>
    navigate({ screen: "history", id: route.id, ...pair }, { replace: true });
  return (
    <div className={styles.layout}>
      <RevisionList revisions={newest} type={type} from={from} to={to} onChoose={choose} />
      <Comparison
        key={`${from.toString()}-${to.toString()}`}
        id={route.id}
        type={type}
        from={from}
        to={to}
        last={last}
        sideBySide={wide}
        onSideBySide={setWide}
      />
    </div>
  );
}

function within(number: number | undefined, last: number): number | undefined {
  return number !== undefined && number >= 1 && number <= last ? number : undefined;
}
