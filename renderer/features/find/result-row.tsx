/** One hit: what it is, whose it is, how far to rely on it, and where the words were found. */
import { type ReactElement, useEffect, useRef } from "react";
import { RouteLink } from "#renderer/platform/navigation.tsx";
import { Badge } from "#renderer/ui/badge.tsx";
import { Runs } from "#renderer/ui/runs.tsx";
import { StatusBadge } from "#renderer/ui/status-badge.tsx";
import { Time } from "#renderer/ui/time.tsx";
import { TypeIcon } from "#renderer/ui/type-icon.tsx";
import type { Hit } from "#shared/contract/search.ts";
import type { SearchField } from "#shared/domain/field.ts";
import { recordTypeOf } from "#shared/domain/record-types.ts";
import styles from "./result-row.module.css";

type ResultRowProps = {
  readonly hit: Hit;
  /** The keyboard is here. */
  readonly active: boolean;
  readonly onFocus: () => void;
};

/** A hit as a row. */
export function ResultRow({ hit, active, onFocus }: ResultRowProps): ReactElement {
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (active) link.current?.focus({ preventScroll: true });
  }, [active]);
  return (
    <div className={styles.row}>
      <TypeIcon type={hit.type} className={styles.icon ?? ""} />
      <div className={styles.text}>
        <RouteLink
          ref={link}
          to={{ screen: "record", id: hit.id }}
          className={styles.title}
          dir="auto"
          onFocus={active ? undefined : onFocus}
        >
          <Runs runs={hit.titleRuns} />
        </RouteLink>
        <p className={styles.meta}>
          <span>{recordTypeOf(hit.type)?.label ?? hit.type}</span>
          {hit.department !== null && <span dir="auto">{hit.department.title}</span>}
          <Time iso={hit.updatedAt} />
          <Standing hit={hit} />
        </p>
        <p className={styles.snippet} dir="auto">
          {hit.field !== "title" && <span className={styles.field}>{fieldLabels[hit.field]}</span>}
          <Runs runs={hit.snippet} />
        </p>
      </div>
    </div>
  );
}

const fieldLabels: Readonly<Record<SearchField, string>> = {
  title: "Title",
  headings: "Heading",
  steps: "Step",
  prompts: "Prompt",
  tags: "Tag",
  body: "Text",
};

/**
 * One badge where all is well, two where a reader has to know more. What is published and verified
 * needs no second word; what is neither says both.
 */
function Standing({ hit }: { readonly hit: Hit }): ReactElement {
  const trust = trustBadge(hit.trust);
  const ordinary = hit.status === "published" && trust !== null;
  return (
    <>
      {!ordinary && <StatusBadge status={hit.status} />}
      {trust}
    </>
  );
}

function trustBadge(trust: Hit["trust"]): ReactElement | null {
  switch (trust) {
    case "expired":
      return <Badge tone="bad">Check expired</Badge>;
    case "rejected":
      return <Badge tone="bad">Not confirmed</Badge>;
    case "due":
      return <Badge tone="warn">Check due</Badge>;
    case "verified":
      return <Badge tone="good">Verified</Badge>;
    case "unverified":
    case null:
      return null;
  }
}
