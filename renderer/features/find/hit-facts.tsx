/** The line under a hit's title: what it is, whose, how old, and how far to rely on it. */
import type { ReactElement } from "react";
import { Standing } from "#renderer/ui/standing.tsx";
import { Time } from "#renderer/ui/time.tsx";
import type { Hit } from "#shared/contract/search.ts";
import { recordTypeOf } from "#shared/domain/record-types.ts";
import styles from "./result-row.module.css";

type HitFactsProps = {
  readonly hit: Pick<Hit, "type" | "department" | "updatedAt" | "status" | "trust">;
};

/** Four facts at most. */
export function HitFacts({ hit }: HitFactsProps): ReactElement {
  return (
    <p className={styles.meta}>
      <span>{recordTypeOf(hit.type)?.label ?? hit.type}</span>
      {hit.department !== null && <span dir="auto">{hit.department.title}</span>}
      <Time iso={hit.updatedAt} />
      <Standing status={hit.status} trust={hit.trust} />
    </p>
  );
}
