/** A question that has to be answered before going on. Focus stays inside and returns afterwards. */
import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { type ReactElement, type ReactNode, type RefObject, useRef } from "react";
import { classNames } from "./class-names.ts";
import styles from "./dialog.module.css";
import { IconButton } from "./icon-button.tsx";

export type DialogProps = {
  readonly open: boolean;
  /** Called for Escape, a click beside it, and the cross. */
  readonly onClose: () => void;
  readonly title: string;
  readonly description?: ReactNode;
  /** Buttons at the end, the main one last. */
  readonly actions?: ReactNode;
  readonly size?: "normal" | "wide";
  /** What has the focus at first; the first control unless said. */
  readonly initialFocus?: RefObject<HTMLElement | null>;
  /** What has the focus afterwards; what had it before unless said, or while it gives null. */
  readonly finalFocus?: () => HTMLElement | null;
  readonly children?: ReactNode;
};

/** A dialog over the page. */
export function Dialog(props: DialogProps): ReactElement {
  const { open, onClose, title, description, actions, size = "normal", children } = props;
  const body = useRef<HTMLDivElement>(null);
  const footer = useRef<HTMLElement>(null);
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Backdrop className={styles.backdrop} />
        <Base.Popup
          className={classNames(styles.popup, size === "wide" && styles.wide)}
          initialFocus={
            props.initialFocus ?? (() => firstControl(body.current, footer.current) ?? true)
          }
          finalFocus={() => props.finalFocus?.() ?? true}
        >
          <header className={styles.header}>
            <Base.Title className={styles.title}>{title}</Base.Title>
            <Base.Close render={<IconButton icon={X} label="Close" size="small" />} />
          </header>
          {description !== undefined && (
            <Base.Description className={styles.description} render={<div />}>
              {description}
            </Base.Description>
          )}
          {children !== undefined && (
            <div ref={body} className={styles.body}>
              {children}
            </div>
          )}
          {actions !== undefined && (
            <footer ref={footer} className={styles.actions}>
              {actions}
            </footer>
          )}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

/**
 * A dialog that asks for something starts in its first field; one that only asks whether, on the
 * first of its buttons, which leaves things as they are. Not on the cross: there a tooltip opens,
 * and takes the first Escape.
 */
function firstControl(body: HTMLElement | null, footer: HTMLElement | null): HTMLElement | null {
  const field =
    "[role=radio][aria-checked=true], input:not([hidden], [aria-hidden=true]), textarea";
  const button = "button:not(:disabled)";
  return (
    body?.querySelector<HTMLElement>(field) ??
    body?.querySelector<HTMLElement>(button) ??
    footer?.querySelector<HTMLElement>(button) ??
    null
  );
}
