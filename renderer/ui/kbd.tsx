/** Keys as a person knows them: `Mod+K` is ⌘K on a Mac and Ctrl K elsewhere. */
import type { ReactElement } from "react";
import styles from "./kbd.module.css";

type KbdProps = {
  /** As commands write them: "Mod+Shift+F", "?", "G H" for one after the other. */
  readonly keys: string;
};

const isMac = /Mac|iPhone|iPad/u.test(navigator.userAgent);

const macNames: Readonly<Record<string, string>> = {
  Mod: "⌘",
  Shift: "⇧",
  Alt: "⌥",
  Ctrl: "⌃",
};
const names: Readonly<Record<string, string>> = {
  Mod: isMac ? "⌘" : "Ctrl",
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
  Enter: "↵",
  Escape: "Esc",
  ...(isMac ? macNames : {}),
};

/** A shortcut, one cap for each key. */
export function Kbd({ keys }: KbdProps): ReactElement {
  return (
    <span className={styles.keys}>
      {capsOf(keys).map((cap, index) => (
        <kbd key={`${cap}${index.toString()}`} className={styles.key}>
          {cap}
        </kbd>
      ))}
    </span>
  );
}

/** The same as words, for where there are no caps: "Ctrl Shift F". */
export function keysAsText(keys: string): string {
  return capsOf(keys).join(" ");
}

function capsOf(keys: string): readonly string[] {
  const caps = keys === "+" ? ["+"] : keys.split(/[+ ]/u).filter(Boolean);
  return caps.map((cap) => names[cap] ?? (cap.length === 1 ? cap.toUpperCase() : cap));
}
