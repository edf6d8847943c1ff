/** Whether what is on the screen is also on the disk. */
import { CircleAlert, Check } from "lucide-react";
import type { ReactElement } from "react";
import { Button } from "#renderer/ui/button.tsx";
import type { KeepState } from "./draft-keeper.ts";
import { keptWords } from "./kept-words.ts";
import styles from "./write.module.css";

type KeptStateProps = { readonly state: KeepState; readonly onRetry: () => void };

/** One line, announced only when it turns good or bad: not at every pause in typing. */
export function KeptState({ state, onRetry }: KeptStateProps): ReactElement {
  const words = keptWords(state);
  return (
    <div className={styles.kept} data-state={state.is}>
      {state.is === "saved" && <Check aria-hidden="true" />}
      {state.is === "failed" && <CircleAlert aria-hidden="true" />}
      <span role={state.is === "failed" ? "alert" : undefined}>{words}</span>
      {state.is === "failed" && (
        <Button size="small" onClick={onRetry}>
          Try again
        </Button>
      )}
      <span className="visually-hidden" aria-live="polite">
        {state.is === "saved" ? "The draft is saved." : ""}
      </span>
    </div>
  );
}
