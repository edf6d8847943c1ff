/** The window stays on our page: links, redirects and frames that lead elsewhere are not followed. */
import type { WebContents } from "electron";
import { isAppAddress } from "./app-address.ts";

/** Our one page, at any place in it. */
export function isAllowedNavigation(address: string): boolean {
  return isAppAddress(address) && URL.parse(address)?.pathname === "/";
}

/** Refuses every other navigation; `onRefused` hears of it without the address, which may be private. */
export function guardNavigation(contents: WebContents, onRefused: (kind: string) => void): void {
  contents.on("will-navigate", (event) => {
    if (isAllowedNavigation(event.url)) return;
    event.preventDefault();
    onRefused("navigation");
  });
  contents.on("will-redirect", (event) => {
    // No page of ours redirects.
    event.preventDefault();
    onRefused("redirect");
  });
  contents.on("will-frame-navigate", (event) => {
    if (event.isMainFrame) return;
    // No page of ours has frames.
    event.preventDefault();
    onRefused("frame");
  });
}
