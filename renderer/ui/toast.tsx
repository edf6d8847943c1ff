/** Short messages that come and go, with the one thing to do about them: Undo. */
import { Toast as Base } from "@base-ui/react/toast";
import { X } from "lucide-react";
import type { ReactElement } from "react";
import { Button } from "./button.tsx";
import { classNames } from "./class-names.ts";
import { IconButton } from "./icon-button.tsx";
import styles from "./toast.module.css";

export type ToastMessage = {
  /** A sentence in the past: "3 records moved to the trash." */
  readonly message: string;
  readonly tone?: "plain" | "bad";
  readonly action?: { readonly label: string; readonly onPress: () => void };
};

const toasts = Base.createToastManager<ToastMessage>();

/**
 * Shows a message from anywhere; one with an action stays longer, a bad one until it is closed.
 * Returns how to take it away before that.
 */
export function showToast(toast: ToastMessage): () => void {
  const bad = toast.tone === "bad";
  const seconds = bad ? 0 : toast.action === undefined ? 5 : 12;
  const id = toasts.add({
    description: toast.message,
    timeout: seconds * 1000,
    priority: bad ? "high" : "low",
    data: {
      ...toast,
      ...(toast.action === undefined
        ? {}
        : {
            action: {
              label: toast.action.label,
              onPress: () => {
                toasts.close(id);
                toast.action?.onPress();
              },
            },
          }),
    },
  });
  return () => toasts.close(id);
}

/** Shows what went wrong: the error's own sentence. */
export function showFailure(error: unknown): void {
  showToast({ message: error instanceof Error ? error.message : String(error), tone: "bad" });
}

const shown = { show: showToast, fail: showFailure };

/** The same for a component: `const toast = useToast(); toast.show({ message, action })`. */
export function useToast(): typeof shown {
  return shown;
}

/** Where the messages appear; once, in the frame. F6 moves the focus there. */
export function Toasts(): ReactElement {
  return (
    <Base.Provider toastManager={toasts} limit={3}>
      <Base.Portal>
        <Base.Viewport className={styles.viewport} aria-label="Messages">
          <ToastList />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  );
}

function ToastList() {
  const manager = Base.useToastManager<ToastMessage>();
  return manager.toasts.map((toast) => (
    <Base.Root
      key={toast.id}
      toast={toast}
      className={classNames(styles.toast, toast.data?.tone === "bad" && styles.bad)}
      swipeDirection={["down", "right"]}
    >
      <Base.Content className={styles.content}>
        <Base.Description className={styles.message} />
        {toast.data?.action !== undefined && (
          <Button
            size="small"
            variant="quiet"
            className={styles.action}
            onClick={toast.data.action.onPress}
          >
            {toast.data.action.label}
          </Button>
        )}
        <Base.Close render={<IconButton icon={X} label="Close the message" size="small" />} />
      </Base.Content>
    </Base.Root>
  ));
}
