/** Buttons. A screen has at most one primary button; danger is for what is hard to take back. */
import type { LucideIcon } from "lucide-react";
import type { ComponentProps, ReactElement } from "react";
import styles from "./button.module.css";
import { classNames } from "./class-names.ts";

export type ButtonProps = Omit<ComponentProps<"button">, "type"> & {
  readonly variant?: "primary" | "secondary" | "quiet" | "danger";
  readonly size?: "normal" | "small";
  readonly type?: "button" | "submit";
  /** A lucide icon before the label. */
  readonly icon?: LucideIcon;
  /** Waits for an answer: cannot be pressed again, and says so. */
  readonly busy?: boolean;
};

/** A button with a label. */
export function Button(props: ButtonProps): ReactElement {
  const { variant = "secondary", size = "normal", icon: Icon, busy = false, ...rest } = props;
  const { type = "button", className, children, disabled, ...attributes } = rest;
  return (
    <button
      {...attributes}
      type={type === "submit" ? "submit" : "button"}
      className={classNames(styles.button, styles[variant], styles[size], className)}
      disabled={disabled === true || busy}
      aria-busy={busy || undefined}
    >
      {Icon !== undefined && <Icon className={styles.icon} aria-hidden="true" />}
      {children}
    </button>
  );
}

/** The same look for a link: pass it as the link's `className`. */
export function buttonClass(
  variant: "primary" | "secondary" | "quiet" = "secondary",
  size: "normal" | "small" = "normal",
): string {
  return classNames(styles.button, styles[variant], styles[size]);
}
