/** A list of actions behind a button. */
import { Menu as Base } from "@base-ui/react/menu";
import type { LucideIcon } from "lucide-react";
import type { ReactElement, RefObject } from "react";
import { classNames } from "./class-names.ts";
import { Kbd } from "./kbd.tsx";
import popup from "./popup.module.css";

export type MenuItem =
  | "separator"
  | {
      readonly label: string;
      readonly onSelect: () => void;
      readonly icon?: LucideIcon;
      /** The keys that do the same. */
      readonly keys?: string;
      readonly danger?: boolean;
      readonly disabled?: boolean;
    };

export type MenuProps = {
  /** The button that opens it: a Button or an IconButton. */
  readonly trigger: ReactElement<Record<string, unknown>>;
  readonly items: readonly MenuItem[];
  readonly align?: "start" | "end";
  /** Where the focus goes when the menu has closed; back to its button when left out. */
  readonly finalFocus?: RefObject<HTMLElement | null>;
};

/** Actions behind a button; arrow keys, first letters, Escape. */
export function Menu({ trigger, items, align = "end", finalFocus }: MenuProps): ReactElement {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner className={popup.positioner} sideOffset={4} align={align}>
          <Base.Popup className={popup.popup} {...(finalFocus === undefined ? {} : { finalFocus })}>
            {items.map((item, index) =>
              item === "separator" ? (
                <Base.Separator key={`separator-${index.toString()}`} className={popup.separator} />
              ) : (
                <Base.Item
                  key={item.label}
                  className={classNames(popup.item, item.danger === true && popup.danger)}
                  disabled={item.disabled ?? false}
                  onClick={item.onSelect}
                >
                  {item.icon !== undefined && <item.icon aria-hidden="true" />}
                  <span className={popup.grow}>{item.label}</span>
                  {item.keys !== undefined && <Kbd keys={item.keys} />}
                </Base.Item>
              ),
            )}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
