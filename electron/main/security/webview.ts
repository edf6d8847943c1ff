/** Pages embed no other pages. */
import type { WebContents } from "electron";

/** Refuses every <webview>, should one ever get past its being switched off. */
export function guardWebview(contents: WebContents, onRefused: (kind: string) => void): void {
  contents.on("will-attach-webview", (event) => {
    event.preventDefault();
    onRefused("webview");
  });
}
