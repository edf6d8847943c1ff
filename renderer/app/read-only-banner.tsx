/** Says when everything can be read here and nothing written, and how to change that. */
import type { ReactElement } from "react";
import { useAsk } from "#renderer/platform/api.ts";
import { Notice } from "#renderer/ui/notice.tsx";
import styles from "./engine-banner.module.css";

/** Nothing while the keys are open. */
export function ReadOnlyBanner(): ReactElement | null {
  const state = useAsk("workspace", "state", {});
  if (state.data === undefined || state.data.writable) return null;
  return (
    <div className={styles.banner}>
      <Notice title="You can read here, not write">
        Your key lies in the key store of the operating system, which only the installed app can
        open. Write there, or set a passphrase in its settings: that opens the key here too.
      </Notice>
    </div>
  );
}
