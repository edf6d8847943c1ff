/** What is tied to a record: who links here, what it links to, its files, and its latest changes. */
import type { ReactElement, ReactNode } from "react";
import { useAsk } from "#renderer/platform/api.ts";
import { RouteLink } from "#renderer/platform/navigation.tsx";
import { fieldLabel } from "#renderer/ui/field-text.ts";
import { didWords } from "#renderer/ui/revision-words.ts";
import { Quiet } from "#renderer/ui/quiet.tsx";
import { Time } from "#renderer/ui/time.tsx";
import { TypeIcon } from "#renderer/ui/type-icon.tsx";
import type { RecordView, Reference } from "#shared/contract/record-shapes.ts";
import { recordTypeOf } from "#shared/domain/record-types.ts";
import { AttachmentList } from "./attachment-list.tsx";
import { PanelTitle } from "./panel.tsx";
import styles from "./linked-records.module.css";

type LinkedProps = { readonly record: RecordView };

/** The foot of the reading page. */
export function LinkedRecords({ record }: LinkedProps): ReactElement {
  const links = useAsk("records", "links", { id: record.id });
  return (
    <footer className={styles.linked}>
      <Group title="Linked from" empty="Nothing links here yet.">
        {links.data && rowsOf(links.data.backlinks, undefined)}
      </Group>
      <Group title="Related" empty="This record links to no other yet.">
        {links.data && rowsOf(links.data.related, record.type)}
      </Group>
      <AttachmentList record={record} />
      <Changes record={record} />
    </footer>
  );
}

type GroupProps = {
  readonly title: string;
  readonly empty: string;
  readonly children: readonly ReactNode[] | undefined;
};

const mostShown = 50;

function Group({ title, empty, children }: GroupProps): ReactElement | null {
  if (children === undefined) return null;
  return (
    <section className={styles.group}>
      <PanelTitle>{title}</PanelTitle>
      {children.length === 0 ? (
        <Quiet block>{empty}</Quiet>
      ) : (
        <ul className={styles.links}>{children.slice(0, mostShown)}</ul>
      )}
      {children.length > mostShown && <Quiet block>And {children.length - mostShown} more.</Quiet>}
    </section>
  );
}

function Link({ link, via }: { readonly link: Reference; readonly via: string }): ReactElement {
  return (
    <li className={styles.link}>
      <TypeIcon type={link.type} label={recordTypeOf(link.type)?.label ?? link.type} />
      <RouteLink to={{ screen: "record", id: link.id }} dir="auto">
        {link.title}
      </RouteLink>
      <Quiet>{via}</Quiet>
    </li>
  );
}

/** What the header and the panels show already. */
const shownAbove: ReadonlySet<string> = new Set([
  "department_id",
  "owner_id",
  "verification",
  "bias_check",
]);

type Via = Reference & { readonly via: string };

/** One row for each record, with every way in which it is linked; `type` is whose fields they are. */
function rowsOf(links: readonly Via[], type: string | undefined): readonly ReactNode[] {
  const rows = new Map<string, { readonly link: Via; readonly ways: Set<string> }>();
  for (const link of links) {
    if (type !== undefined && shownAbove.has(link.via)) continue;
    const row = rows.get(link.id) ?? { link, ways: new Set() };
    row.ways.add(viaWords(type ?? link.type, link.via));
    rows.set(link.id, row);
  }
  return [...rows.values()].map(({ link, ways }) => (
    <Link key={link.id} link={link} via={[...ways].join(", ")} />
  ));
}

function viaWords(type: string, via: string): string {
  if (via === "text" || via === "body") return "In the text";
  return fieldLabel(recordTypeOf(type)?.fields ?? {}, via);
}

const latest = 3;

function Changes({ record }: LinkedProps): ReactElement | null {
  const history = useAsk("records", "history", { id: record.id });
  if (history.data === undefined) return null;
  const newest = history.data.toSorted((a, b) => b.number - a.number).slice(0, latest);
  return (
    <section className={styles.group}>
      <PanelTitle>Latest changes</PanelTitle>
      <ul className={styles.links}>
        {newest.map((revision) => (
          <li key={revision.number} className={styles.link}>
            <span className={styles.number}>{revision.number}</span>
            <span dir="auto">{revision.note ?? didWords(record.type, revision)}</span>
            <Quiet>
              {revision.by === null ? "" : `${revision.by.title}, `}
              <Time iso={revision.at} />
            </Quiet>
          </li>
        ))}
      </ul>
      <RouteLink to={{ screen: "history", id: record.id }}>
        {history.data.length === 1
          ? "See the history"
          : `See all ${history.data.length.toString()} revisions`}
      </RouteLink>
    </section>
  );
}
