/** A short name that appears on hover and focus; never the only place where something is said. */
import { Tooltip as Base } from "@base-ui/react/tooltip";
import type { ReactElement } from "react";
import { Kbd } from "./kbd.tsx";
import styles from "./tooltip.module.css";

type TooltipProps = {
  readonly label: string;
  readonly keys?: string;
  /** The one element it names. */
  readonly children: ReactElement<Record<string, unknown>>;
};

/** Names its child on hover and focus. */
export function Tooltip({ label, keys, children }: TooltipProps): ReactElement {
  return (
    <Base.Root>
      <Base.Trigger delay={500} render={children} />
      <Base.Portal>
        <Base.Positioner sideOffset={6} className={styles.positioner}>
          <Base.Popup className={styles.popup}>
            {label}
            {keys !== undefined && <Kbd keys={keys} />}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
