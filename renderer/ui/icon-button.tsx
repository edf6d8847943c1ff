/** A button that is only an icon; its label is its name for everybody, shown as a tooltip. */
import type { LucideIcon } from "lucide-react";
import type { ComponentProps, ReactElement } from "react";
import styles from "./button.module.css";
import { classNames } from "./class-names.ts";
import { Tooltip } from "./tooltip.tsx";

export type IconButtonProps = Omit<ComponentProps<"button">, "type" | "aria-label" | "children"> & {
  readonly icon: LucideIcon;
  /** What it does, as a verb: "Copy the prompt". */
  readonly label: string;
  readonly variant?: "quiet" | "secondary";
  readonly size?: "normal" | "small";
  /** Set for a switch between two states. */
  readonly pressed?: boolean;
  /** The keys that do the same, shown in the tooltip. */
  readonly keys?: string;
};

/** An icon with a name. */
export function IconButton(props: IconButtonProps): ReactElement {
  const { icon: Icon, label, variant = "quiet", size = "normal", pressed, keys, ...rest } = props;
  const { className, ...attributes } = rest;
  return (
    <Tooltip label={label} {...(keys === undefined ? {} : { keys })}>
      <button
        {...attributes}
        type="button"
        aria-label={label}
        aria-pressed={pressed}
        className={classNames(
          styles.button,
          styles.square,
          styles[variant],
          styles[size],
          className,
        )}
      >
        <Icon className={styles.icon} aria-hidden="true" />
      </button>
    </Tooltip>
  );
}
