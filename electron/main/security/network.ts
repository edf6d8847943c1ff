/** The window is offline: whatever the page or Chromium asks for outside the bundle is cancelled. */
import type { Session } from "electron";
import { appScheme, assetScheme } from "./app-address.ts";

const allowed = new Set([`${appScheme}:`, `${assetScheme}:`, "data:", "blob:"]);

/** Whether a request may leave the page. Developer tools load their own pages where they are open. */
export function isAllowedRequest(address: string, developing: boolean): boolean {
  const protocol = URL.parse(address)?.protocol ?? "";
  return allowed.has(protocol) || (developing && protocol === "devtools:");
}

/** Cancels every other request. */
export function guardNetwork(session: Session, options: { readonly developing: boolean }): void {
  session.webRequest.onBeforeRequest((details, decide) => {
    decide({ cancel: !isAllowedRequest(details.url, options.developing) });
  });
}
