/**
 * The line to the engine: a message port in Electron, HTTP and an event stream in a browser tab.
 * When the engine goes away, calls in flight fail with `gone` and new ones wait for the next engine.
 */
import { enginePortMessage, type HostBridge } from "#shared/contract/host-bridge.ts";
import type { Send } from "#shared/rpc/client.ts";
import { callPort, type Port, type PortCaller } from "#shared/rpc/port.ts";
import { announcementSchema, RpcFault } from "#shared/rpc/wire.ts";
import { followStream } from "./shared-stream.ts";

/**
 * `connecting`: the first connection is being made; `lost`: the engine went and is awaited;
 * `stopped`: it does not come back by itself. `sentence` says what a person should know.
 */
export type ConnectionState = {
  readonly is: "connecting" | "ready" | "lost" | "stopped";
  readonly sentence: string;
};

export type Connection = {
  readonly send: Send;
  readonly state: () => ConnectionState;
  /** Tells of each change of state; returns how to stop. */
  readonly onState: (listener: () => void) => () => void;
  /** Tries again after `stopped`. */
  readonly restart: () => void;
};

type OnEvent = (event: string, payload: unknown) => void;

const lostSentence =
  "Guildhall lost touch with your workspace and is opening it again. What you wrote is kept.";
const goneSentence =
  "Guildhall lost touch with your workspace before it answered. It is opening it again; try once more in a moment.";
const unreachableSentence =
  "Guildhall does not answer any more. Start it again and open the address it prints. Leave this tab open until then: what is not marked as saved is only here.";

/** Connects through the preload, and again whenever the engine comes back. */
export function connectPort(bridge: HostBridge, onEvent: OnEvent): Connection {
  const status = createStatus();
  let next = Promise.withResolvers<PortCaller>();
  let current: PortCaller | undefined;

  function lose(state: ConnectionState): void {
    current?.close(goneSentence);
    if (current !== undefined) next = Promise.withResolvers<PortCaller>();
    current = undefined;
    status.set(state);
  }

  window.addEventListener("message", ({ source, data, ports: [port] }: MessageEvent<unknown>) => {
    if (source !== window || data !== enginePortMessage || port === undefined) return;
    current?.close(goneSentence);
    current = callPort(portOf(port), onEvent);
    next.resolve(current);
    status.set({ is: "ready", sentence: "" });
  });
  bridge.onNotice((notice) => {
    if (notice.kind !== "engine") return;
    if (notice.state === "ready") void bridge.connect();
    else
      lose({ is: notice.state === "restarting" ? "lost" : "stopped", sentence: notice.sentence });
  });
  void bridge.connect();

  return {
    send: async (request) => (await next.promise).send(request),
    state: status.get,
    onState: status.on,
    restart: () => {
      lose({ is: "lost", sentence: lostSentence });
      void bridge.restartEngine();
    },
  };
}

function portOf(port: MessagePort): Port {
  return {
    post: (value) => port.postMessage(value),
    listen: (onMessage) => {
      port.addEventListener("message", ({ data }: MessageEvent<unknown>) => onMessage(data));
      port.start();
    },
  };
}

/** Connects to the host that served this page: calls go by themselves, events by a shared stream. */
export function connectHttp(onEvent: OnEvent): Connection {
  const status = createStatus();
  followStream((news) => {
    if (news.kind === "lost") status.set({ is: "lost", sentence: unreachableSentence });
    // Another tab's stream took the place of the one before: what was said in between was missed.
    if (news.kind === "opened") status.set({ is: "connecting", sentence: "" });
    if (news.kind === "opened" || news.kind === "open") status.set({ is: "ready", sentence: "" });
    if (news.kind !== "event") return;
    const announcement = announcementSchema.safeParse(JSON.parse(news.text));
    if (announcement.success) onEvent(announcement.data.event, announcement.data.payload);
  });
  return {
    send: post,
    state: status.get,
    onState: status.on,
    restart: () => window.location.reload(),
  };
}

async function post(request: unknown): Promise<unknown> {
  const response = await fetch("/rpc", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(request),
  }).catch(() => {
    // The browser says no more than "failed to fetch": the host is not there.
    throw gone(unreachableSentence);
  });
  if (!response.ok) throw gone((await response.text()).trim());
  return response.json();
}

function gone(message: string): RpcFault {
  return new RpcFault({ kind: "gone", code: "gone", message, details: {} });
}

function createStatus() {
  let current: ConnectionState = { is: "connecting", sentence: "" };
  const listeners = new Set<() => void>();
  return {
    get: () => current,
    set: (next: ConnectionState) => {
      if (next.is === current.is && next.sentence === current.sentence) return;
      current = next;
      for (const listener of listeners) listener();
    },
    on: (listener: () => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
