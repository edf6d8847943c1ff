/**
 * The line to the engine: a message port in Electron, HTTP and an event stream in a browser tab.
 * When the engine goes away, calls in flight fail with `gone`, new ones wait for the next engine.
 */
import type { Send } from "#shared/rpc/client.ts";
import { callPort, type PortCaller } from "#shared/rpc/port.ts";
import { announcementSchema, RpcFault } from "#shared/rpc/wire.ts";
import type { Bridge } from "./host.ts";

/** `connecting`: the first connection is being made; `lost`: the engine went and is awaited. */
export type ConnectionState = "connecting" | "ready" | "lost";

export type Connection = {
  readonly send: Send;
  readonly state: () => ConnectionState;
  /** Tells of each change of state; returns how to stop. */
  readonly onState: (listener: () => void) => () => void;
};

type OnEvent = (event: string, payload: unknown) => void;

const goneSentence =
  "The engine stopped before it answered. It is starting again; try once more in a moment.";

/** Connects through the preload, and again whenever the port closes. */
export function connectPort(bridge: Bridge, onEvent: OnEvent): Connection {
  const status = createStatus();
  let caller = Promise.withResolvers<PortCaller>();

  window.addEventListener("message", (message) => {
    const port = message.ports[0];
    if (message.source !== window || port === undefined) return;
    const current = callPort(
      {
        post: (value) => port.postMessage(value),
        listen: (onMessage) => {
          port.addEventListener("message", ({ data }: MessageEvent<unknown>) => onMessage(data));
          port.start();
        },
      },
      onEvent,
    );
    caller.resolve(current);
    status.set("ready");
    port.addEventListener("close", () => {
      current.close(goneSentence);
      caller = Promise.withResolvers<PortCaller>();
      status.set("lost");
      void bridge.connect();
    });
  });
  void bridge.connect();

  return {
    send: async (request) => (await caller.promise).send(request),
    state: status.get,
    onState: status.on,
  };
}

/** Connects to the host that served this page. */
export function connectHttp(onEvent: OnEvent): Connection {
  const status = createStatus();
  const source = new EventSource("/events");
  source.addEventListener("open", () => status.set("ready"));
  source.addEventListener("error", () => status.set("lost"));
  source.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
    const announcement = announcementSchema.safeParse(JSON.parse(String(data)));
    if (announcement.success) onEvent(announcement.data.event, announcement.data.payload);
  });
  return {
    send: async (request) => {
      try {
        const response = await fetch("/rpc", {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify(request),
        });
        return await response.json();
      } catch {
        throw new RpcFault({ kind: "gone", code: "gone", message: goneSentence, details: {} });
      }
    },
    state: status.get,
    onState: status.on,
  };
}

function createStatus() {
  let current: ConnectionState = "connecting";
  const listeners = new Set<() => void>();
  return {
    get: () => current,
    set: (next: ConnectionState) => {
      if (next === current) return;
      current = next;
      for (const listener of listeners) listener();
    },
    on: (listener: () => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
