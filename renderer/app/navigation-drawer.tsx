/** The sidebar where there is no room for one: it slides over the page and goes after a choice. */
import { Dialog } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import type { ReactElement } from "react";
import { IconButton } from "#renderer/ui/icon-button.tsx";
import styles from "./navigation-drawer.module.css";
import { Sidebar } from "./sidebar.tsx";

type NavigationDrawerProps = { readonly open: boolean; readonly onClose: () => void };

/** The navigation as a drawer. */
export function NavigationDrawer({ open, onClose }: NavigationDrawerProps): ReactElement {
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={styles.backdrop} />
        <Dialog.Popup className={styles.drawer} aria-label="Navigation">
          <Dialog.Close
            className={styles.close ?? ""}
            render={<IconButton icon={X} label="Close the navigation" size="small" />}
          />
          <Sidebar />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
