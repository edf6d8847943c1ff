/** What is shown in place of a screen that broke. */
import { RotateCcw } from "lucide-react";
import type { ReactElement } from "react";
import { Button } from "#renderer/ui/button.tsx";
import { EmptyState } from "#renderer/ui/empty-state.tsx";
import styles from "./crash-page.module.css";

/** A plain page: what happened, that nothing was lost, and one thing to do. */
export function CrashPage({ error }: { readonly error: unknown }): ReactElement {
  const detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return (
    <div className={styles.crash}>
      <title>Something broke – Guildhall</title>
      <EmptyState
        title="This page broke"
        purpose="What you wrote is kept: drafts are on the disk. Load the window again, or go elsewhere; if it breaks again at the same place, the words below help whoever looks into it."
        action={
          <Button variant="primary" icon={RotateCcw} onClick={() => window.location.reload()}>
            Load again
          </Button>
        }
      />
      <pre className={styles.detail}>{detail}</pre>
    </div>
  );
}
