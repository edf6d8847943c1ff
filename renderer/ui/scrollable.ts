/** What makes a frame that scrolls by itself reachable by keyboard, and named when one gets there. */

/** Spread onto the frame: `<pre {...scrollable("Code")}>`. */
export function scrollable(label: string) {
  return { role: "region", tabIndex: 0, "aria-label": label } as const;
}
