/** How well the draft is kept, in words. */
import { formatTime } from "#renderer/ui/time.tsx";
import type { KeepState } from "./draft-keeper.ts";

/** "Saved 14:03:07" is said only of what the engine has committed. */
export function keptWords(state: KeepState): string {
  switch (state.is) {
    case "clean":
      return "";
    case "waiting":
      return "Writing…";
    case "saving":
      return "Saving the draft…";
    case "saved":
      return `Saved ${formatTime(state.at, "time")}`;
    case "failed":
      return `Not saved: ${state.reason}`;
  }
}
