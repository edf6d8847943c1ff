/** What an export leaves out, and why: nobody should have to guess. */
import type { ReactElement } from "react";
import { RouteLink } from "#renderer/platform/navigation.tsx";
import { Explanation } from "#renderer/ui/explanation.tsx";
import { Rows } from "#renderer/ui/rows.tsx";
import { Section } from "#renderer/ui/section.tsx";
import { StatusBadge } from "#renderer/ui/status-badge.tsx";
import type { contract } from "#shared/contract/index.ts";
import { recordTypeOf } from "#shared/domain/record-types.ts";
import type { Route } from "#shared/navigation/route.ts";
import type { z } from "zod";
import styles from "./publish.module.css";

type Row = z.output<typeof contract.handbook.overview.output>["leftOut"][number];

const reasons: Readonly<Record<Row["reason"], string>> = {
  status: "Only what is published gets in.",
  restricted: "They are not meant for everybody.",
  disputed: "People disagree whether they are published.",
  removed: "They are in the trash.",
};

/** Counts by type and status, each a way to those records. */
export function LeftOutList({ rows }: { readonly rows: readonly Row[] }): ReactElement | null {
  if (rows.length === 0) return null;
  return (
    <Section title="What stays out">
      <Rows>
        {rows.map((row) => (
          <li key={`${row.type} ${row.status ?? ""} ${row.reason}`} className={styles.row}>
            <span className={styles.kind}>
              <RouteLink to={routeOf(row)}>{label(row)}</RouteLink>
              {row.status !== null && <StatusBadge status={row.status} />}
            </span>
            <span className={styles.reason}>{reasons[row.reason]}</span>
          </li>
        ))}
      </Rows>
      <Explanation>
        Drafts that you are writing, requests, and whatever else is no playbook and no lesson never
        get in. Where a page links to something that stays out, the link becomes plain text.
      </Explanation>
    </Section>
  );
}

function label({ type, count }: Row): string {
  const declared = recordTypeOf(type);
  const name = (count === 1 ? declared?.label : declared?.plural) ?? type;
  return `${count.toLocaleString()} ${name.toLowerCase()}`;
}

function routeOf({ type, status, reason }: Row): Route {
  if (reason === "removed") return { screen: "trash" };
  return { screen: "list", type, ...(status === null ? {} : { status }) };
}
