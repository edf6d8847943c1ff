/** Whoever asked to join: let in by every look at the folder, and now when somebody presses. */
import { DoorOpen } from "lucide-react";
import type { ReactElement } from "react";
import { useTell } from "#renderer/platform/api.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import { roleWords } from "#renderer/ui/role-names.ts";
import styles from "./people.module.css";

/** A button and what came of it. */
export function Waiting(): ReactElement {
  const admit = useTell("sharing", "admit");
  const { data, error } = admit;
  return (
    <section className={styles.group} aria-label="Asking to join">
      <h2 className={styles.heading}>Asking to join</h2>
      <p className={styles.text}>
        Whoever asks with a valid code is let in by itself, with every look at the folder. Nobody
        has to wait for you to press this.
      </p>
      <Button
        icon={DoorOpen}
        busy={admit.isPending}
        className={styles.submit}
        onClick={() => admit.mutate({})}
      >
        Let in who waits
      </Button>
      {error !== null && (
        <Notice tone="bad" live>
          {error.message}
        </Notice>
      )}
      {data !== undefined && data.admitted.length === 0 && data.refused.length === 0 && (
        <Notice live>Nobody was waiting.</Notice>
      )}
      {data !== undefined && data.admitted.length > 0 && (
        <Notice tone="good" live title="Let in">
          {data.admitted.map(({ name, role }) => `${name} (${roleWords[role].name})`).join(", ")}
        </Notice>
      )}
      {data !== undefined && data.refused.length > 0 && (
        <Notice tone="warn" live title="Not let in">
          <ul className={styles.list}>
            {data.refused.map(({ name, reason }) => (
              <li key={`${name} ${reason}`}>
                {name}: {reason}
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </section>
  );
}
