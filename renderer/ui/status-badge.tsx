/** The status of a record as a badge: the word, and a tone that says how far to rely on it. */
import type { ReactElement } from "react";
import { Badge } from "./badge.tsx";
import type { Tone } from "./notice.tsx";

const tones: Readonly<Record<string, Tone>> = {
  draft: "warn",
  in_review: "info",
  validated: "info",
  published: "good",
  applied: "good",
  fulfilled: "good",
  open: "info",
  in_progress: "info",
  declined: "bad",
};

/** `in_review` as "In review". Nothing for a record without a status. */
export function StatusBadge({ status }: { readonly status: string | null }): ReactElement | null {
  if (status === null) return null;
  return <Badge tone={tones[status] ?? "plain"}>{statusLabel(status)}</Badge>;
}

/** A status, or any other word with underscores, as a person writes it. */
export function statusLabel(status: string): string {
  const spaced = status.replaceAll("_", " ");
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}
