/** How far to rely on a record, in a badge or two: the same words wherever a record is named. */
import type { ReactElement } from "react";
import type { TrustState } from "#shared/domain/trust.ts";
import { Badge } from "./badge.tsx";
import { StatusBadge } from "./status-badge.tsx";

export type StandingProps = {
  readonly status: string | null;
  /** Null for a record that carries no verification. */
  readonly trust: TrustState | null;
};

/**
 * One badge where all is well, two where a reader has to know more. What is published and verified
 * needs no second word; what is neither says both. Nothing that has expired goes unmarked.
 */
export function Standing({ status, trust }: StandingProps): ReactElement {
  const badge = trustBadge(trust);
  const ordinary = status === "published" && badge !== null;
  return (
    <>
      {!ordinary && <StatusBadge status={status} />}
      {badge}
    </>
  );
}

function trustBadge(trust: TrustState | null): ReactElement | null {
  switch (trust) {
    case "expired":
      return <Badge tone="bad">Expired</Badge>;
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
