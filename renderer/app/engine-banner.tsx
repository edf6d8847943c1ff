/** Says when the engine is away, and that nothing is lost. */
import type { ReactElement } from "react";
import { restartEngine, useConnection } from "#renderer/platform/api.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import styles from "./engine-banner.module.css";

/** Nothing while all is well. */
export function EngineBanner(): ReactElement | null {
  const connection = useConnection();
  if (connection.is === "ready" || connection.is === "connecting") return null;
  const stopped = connection.is === "stopped";
  return (
    <div className={styles.banner}>
      <Notice
        tone={stopped ? "bad" : "warn"}
        live
        actions={
          stopped && (
            <Button size="small" onClick={restartEngine}>
              Start it again
            </Button>
          )
        }
      >
        {connection.sentence}
      </Notice>
    </div>
  );
}
