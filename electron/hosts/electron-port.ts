/** One of Electron's message ends (a utility process, its parent, a port in main) as a plain port. */
import type { Port } from "#shared/rpc/port.ts";

/** What the ends have in common. */
export type Poster = { readonly postMessage: (message: unknown) => void };

/** `listen` registers the listener with the end, each kind of which does so in its own way. */
export function electronPort(end: Poster, listen: Port["listen"]): Port {
  return {
    post: (message) => {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- an end between processes has no origin
      end.postMessage(message);
    },
    listen,
  };
}
