/** In a browser tab no folder can be chosen: the page never learns where things lie. It says what to do. */
import { Copy } from "lucide-react";
import type { ReactElement } from "react";
import { host } from "#renderer/platform/host.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import { scrollable } from "#renderer/ui/scrollable.ts";
import { useToast } from "#renderer/ui/toast.tsx";
import styles from "./share.module.css";

/** The command that does the same. */
export function NoDialog({ command }: { readonly command: string }): ReactElement {
  const toast = useToast();
  const line = `npm run -s guildhall -- ${command}`;
  return (
    <Notice title="A browser tab cannot choose a folder of this computer">
      <p>
        Do this step in the app&rsquo;s own window, or in a terminal with the command below. Add
        --profile if you started with one. This page follows by itself.
      </p>
      <pre className={styles.command} {...scrollable("The command")}>
        <code>{line}</code>
      </pre>
      <Button
        size="small"
        icon={Copy}
        onClick={() =>
          void host
            .copyText(line)
            .then(() => toast.show({ message: "The command is on the clipboard." }))
            .catch(toast.fail)
        }
      >
        Copy the command
      </Button>
    </Notice>
  );
}
