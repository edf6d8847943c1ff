/**
 * The rpc wire over a message port: any object that posts structured clones both ways
 * (MessagePort in a window, MessagePortMain in Electron, a forked child's channel).
 */
import type { Send } from "./client.ts";
import type { Serve } from "./server.ts";
import { announcementSchema, responseSchema, type Response, RpcFault } from "./wire.ts";

/** The least that a port has to do. `listen` registers the only listener. */
export type Port = {
  readonly post: (message: unknown) => void;
  readonly listen: (onMessage: (message: unknown) => void) => void;
};

/** Answers every request that arrives on the port. Returns how to announce events on it. */
export function servePort(port: Port, serve: Serve): (event: string, payload: unknown) => void {
  port.listen((message) => {
    void serve(message).then((response) => port.post(response));
  });
  return (event, payload) => port.post({ event, payload });
}

/** The client's end of a port. `close` fails every open call: the other side has gone. */
export type PortCaller = { readonly send: Send; readonly close: (reason: string) => void };

/** Calls over the port; announcements that arrive between responses go to `onEvent`. */
export function callPort(
  port: Port,
  onEvent: (event: string, payload: unknown) => void,
): PortCaller {
  const open = new Map<number, PromiseWithResolvers<Response>>();
  port.listen((message) => {
    const response = responseSchema.safeParse(message);
    if (response.success) {
      open.get(response.data.id)?.resolve(response.data);
      open.delete(response.data.id);
      return;
    }
    const announcement = announcementSchema.safeParse(message);
    if (announcement.success) onEvent(announcement.data.event, announcement.data.payload);
  });
  return {
    send: (request) => {
      const pending = Promise.withResolvers<Response>();
      open.set(request.id, pending);
      port.post(request);
      return pending.promise;
    },
    close: (reason) => {
      const gone = new RpcFault({ kind: "gone", code: "gone", message: reason, details: {} });
      for (const pending of open.values()) pending.reject(gone);
      open.clear();
    },
  };
}
