/** A message counts only from the main frame of a window of ours that shows our own page. */
import { isAppAddress } from "./app-address.ts";

/** What of Electron's event decides. */
export type Sender = {
  readonly sender: { readonly id: number; readonly mainFrame: object };
  /** Null when the frame has gone or navigated since. */
  readonly senderFrame: { readonly url: string } | null;
};

/** Whether the sender is one of the windows whose ids are known. */
export function isTrustedSender(event: Sender, windows: ReadonlySet<number>): boolean {
  const { sender, senderFrame } = event;
  return (
    senderFrame !== null &&
    windows.has(sender.id) &&
    senderFrame === sender.mainFrame &&
    isAppAddress(senderFrame.url)
  );
}
