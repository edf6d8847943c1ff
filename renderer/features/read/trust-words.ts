/** The state of a record's verification in words. */
import type { Tone } from "#renderer/ui/notice.tsx";
import { formatTime } from "#renderer/ui/time.tsx";
import type { Trust } from "#shared/domain/trust.ts";

export type TrustWords = {
  /** For a badge or a line: "Verified until 1 Apr 2027". */
  readonly short: string;
  /** What that means for the reader. */
  readonly sentence: string;
  readonly tone: Tone;
};

/** How far to rely on it, said plainly. */
export function trustWords({ state, until, verification }: Trust): TrustWords {
  const end = until === null ? "" : formatTime(until, "date");
  switch (state) {
    case "verified":
      return {
        short: end === "" ? "Verified" : `Verified until ${end}`,
        sentence: "Checked by its owner or a verifier.",
        tone: "good",
      };
    case "due":
      return {
        short: `Verified until ${end}`,
        sentence: "It still holds, and is due to be checked again.",
        tone: "warn",
      };
    case "expired":
      return {
        short: `Expired on ${end}`,
        sentence: "Nobody has checked it since. Ask its owner before relying on it.",
        tone: "bad",
      };
    case "rejected":
      return {
        short: "Not confirmed",
        sentence: verification.rejection_comment ?? "The last check found that it does not hold.",
        tone: "bad",
      };
    case "unverified":
      return {
        short: "Not verified",
        sentence: "Nobody has confirmed that this is true.",
        tone: "warn",
      };
  }
}
