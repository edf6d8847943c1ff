/** How sharing is doing, in two or three words for a place where no more fit. */
import type { SharingState } from "#shared/contract/sharing.ts";

/** `calm`: nothing to do; `waiting`: it goes on by itself; `trouble`: somebody should know. */
export type SharingWords = {
  readonly words: string;
  readonly mood: "calm" | "waiting" | "trouble";
};

type Reason = NonNullable<SharingState["problem"]>["reason"];

const problems: Readonly<Record<Reason, string>> = {
  missing: "Folder not found",
  empty: "Folder is empty",
  other_library: "Another workspace's folder",
  read_only: "Folder is read-only",
  full: "Folder is full",
  denied: "No access to the folder",
  slow: "Folder is slow",
  unavailable: "Folder unavailable",
  damaged: "Folder is damaged",
  newer_format: "Update needed",
  not_admitted: "Asking to join",
  removed: "Removed",
  locked: "Keys are locked",
};

/** The words; null while nothing is shared. */
export function sharingWords(state: SharingState): SharingWords | null {
  if (state.state === "alone") return null;
  const { problem, waiting } = state;
  if (problem !== null && problem.reason !== "not_admitted") {
    return { words: problems[problem.reason], mood: "trouble" };
  }
  if (state.state === "asking") return { words: problems.not_admitted, mood: "waiting" };
  if (waiting > 0) return { words: `${waiting.toLocaleString()} waiting`, mood: "waiting" };
  return { words: "Up to date", mood: "calm" };
}
