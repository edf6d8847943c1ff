/** Every record of which somebody has to choose, the latest first. */
import type { ReactElement } from "react";
import { type Output, useAsk } from "#renderer/platform/api.ts";
import { TitleLink } from "#renderer/platform/title-link.tsx";
import { EmptyState } from "#renderer/ui/empty-state.tsx";
import { fieldLabel } from "#renderer/ui/field-text.ts";
import { Notice } from "#renderer/ui/notice.tsx";
import { Page, PageHeader } from "#renderer/ui/page.tsx";
import { Quiet } from "#renderer/ui/quiet.tsx";
import { Rows } from "#renderer/ui/rows.tsx";
import { Skeleton } from "#renderer/ui/skeleton.tsx";
import { Time } from "#renderer/ui/time.tsx";
import { TypeIcon } from "#renderer/ui/type-icon.tsx";
import { removedPath } from "#shared/domain/change.ts";
import { readPath } from "#shared/domain/path.ts";
import { recordTypeOf } from "#shared/domain/record-types.ts";
import styles from "./conflicts.module.css";

/** The screen. */
export function ConflictsScreen(): ReactElement {
  const conflicts = useAsk("sharing", "conflicts", {});
  const { data, error } = conflicts;
  return (
    <Page title="Conflicts" width="reading">
      <PageHeader
        title="Conflicts"
        meta="Places where people wrote different things at the same time. Nothing is lost: every answer is kept until somebody chooses, and in the history after that."
      />
      {error !== null && <Notice tone="bad">{error.message}</Notice>}
      {data === undefined && error === null && <Skeleton lines={5} />}
      {data?.length === 0 && (
        <EmptyState
          title="No conflicts"
          purpose="When two people write different things in one place, the record stands here until somebody chooses."
        />
      )}
      {data !== undefined && data.length > 0 && (
        <Rows label="Records with conflicts">
          {data.map((one) => (
            <Row key={one.id} conflict={one} />
          ))}
        </Rows>
      )}
    </Page>
  );
}

function Row({ conflict }: { readonly conflict: Output<"sharing", "conflicts">[number] }) {
  const { id, type, title, paths, people, at } = conflict;
  const places = [...new Set(paths.map((path) => placeName(type, path)))];
  const list = new Intl.ListFormat("en");
  return (
    <li className={styles.row}>
      <TypeIcon type={type} />
      <div className={styles.what}>
        <TitleLink to={{ screen: "record", id }}>{title}</TitleLink>
        <Quiet>
          {list.format(places)}
          {people.length > 0 && `, by ${list.format(people)}`}
        </Quiet>
      </div>
      <Quiet>
        <Time iso={at} />
      </Quiet>
    </li>
  );
}

function placeName(type: string, path: string): string {
  if (path === removedPath) return "Trash";
  const { field } = readPath(path);
  return field === "body" ? "Text" : fieldLabel(recordTypeOf(type)?.fields ?? {}, field);
}
