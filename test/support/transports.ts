/** The four ways in which a caller reaches the engine, behind one face for the contract suite. */
import { fork } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { MessageChannel, type MessagePort } from "node:worker_threads";
import { root } from "#build/paths.ts";
import { electronPort } from "#hosts/electron-port.ts";
import { engineControl } from "#hosts/engine-control.ts";
import { forkedLanes, splitPort } from "#hosts/lanes.ts";
import { startLoopback } from "#hosts/loopback.ts";
import { runEngine } from "#hosts/running-engine.ts";
import { contract, type GuildhallClient } from "#shared/contract/index.ts";
import { createClient, type Send } from "#shared/rpc/client.ts";
import { callPort, type Port, servePort } from "#shared/rpc/port.ts";
import { temporaryFolder } from "./temporary-folder.ts";

export type Heard = { readonly event: string; readonly payload: unknown };

export type Transport = {
  readonly client: GuildhallClient;
  /** The carrier itself, for messages that no client would send. */
  readonly send: Send;
  /** Every event since the start, in order. */
  readonly heard: readonly Heard[];
  /** Resolves with the first event, heard or to come, that fits. */
  readonly hear: (fits: (heard: Heard) => boolean) => Promise<Heard>;
  readonly close: () => Promise<void>;
};

type Carrier = { readonly send: Send; readonly close: () => Promise<void> };
type OpenCarrier = (
  profile: string,
  onEvent: (event: string, payload: unknown) => void,
) => Promise<Carrier>;

/** Opens a fresh profile over the transport. */
async function open(carry: OpenCarrier): Promise<Transport> {
  const folder = temporaryFolder();
  const heard: Heard[] = [];
  const waiting = new Set<() => void>();
  const carrier = await carry(folder.path, (event, payload) => {
    heard.push({ event, payload });
    for (const look of waiting) look();
  });
  return {
    client: createClient(contract, carrier.send),
    send: carrier.send,
    heard,
    hear: (fits) => {
      const found = Promise.withResolvers<Heard>();
      const look = () => {
        const match = heard.find(fits);
        if (match === undefined) return;
        waiting.delete(look);
        found.resolve(match);
      };
      waiting.add(look);
      look();
      return found.promise;
    },
    close: async () => {
      await carrier.close();
      folder[Symbol.dispose]();
    },
  };
}

const inProcess = { keyStore: null, logName: "engine" } as const;

const direct: OpenCarrier = async (profile, onEvent) => {
  const running = await runEngine({ profile, ...inProcess });
  running.subscribe(onEvent);
  return { send: running.serve, close: running.close };
};

const messagePort: OpenCarrier = async (profile, onEvent) => {
  const running = await runEngine({ profile, ...inProcess });
  const { port1, port2 } = new MessageChannel();
  running.subscribe(servePort(nodePort(port1), running.serve));
  return {
    send: callPort(nodePort(port2), onEvent).send,
    close: async () => {
      port1.close();
      await running.close();
    },
  };
};

const forkedProcess: OpenCarrier = async (profile, onEvent) => {
  const child = fork(path.join(root, "electron", "hosts", "utility.ts"), [], {
    serialization: "advanced",
    execArgv: [],
  });
  const lanes = splitPort({
    post: (message) => void child.send(message as object),
    listen: (onMessage) => void child.on("message", onMessage),
  });
  const control = createClient(
    engineControl,
    callPort(splitPort(lanes.lane(forkedLanes.control)).lane("engine"), () => {}).send,
  );
  lanes.lane(forkedLanes.windows).post({ window: 1, state: "open" });
  const { send } = callPort(lanes.lane(forkedLanes.window(1)), onEvent);
  await control.engine.start({ profile, keyStore: false });
  return {
    send,
    close: async () => {
      await control.engine.close({});
      const ended = Promise.withResolvers<void>();
      child.on("exit", () => ended.resolve());
      child.disconnect();
      await ended.promise;
    },
  };
};

const loopback: OpenCarrier = async (profile, onEvent) => {
  const running = await runEngine({ profile, ...inProcess });
  const rendererFolder = path.join(profile, "page");
  mkdirSync(rendererFolder);
  writeFileSync(path.join(rendererFolder, "index.html"), "<title>A page</title>");
  const { engine, serve, subscribe } = running;
  const host = await startLoopback({ engine, serve, subscribe, rendererFolder, port: 0 });
  const entered = await fetch(host.address, { redirect: "manual" });
  const cookie = entered.headers.get("set-cookie")?.split(";")[0] ?? "";
  const origin = new URL(host.address).origin;
  const leave = new AbortController();
  const stream = await fetch(`${origin}/events`, { headers: { cookie }, signal: leave.signal });
  void readEvents(stream, onEvent);
  return {
    send: async (request) => {
      const response = await fetch(`${origin}/rpc`, {
        method: "POST",
        headers: { cookie, origin, "content-type": "application/json" },
        body: JSON.stringify(request),
      });
      return response.json();
    },
    close: async () => {
      leave.abort();
      await host.close();
      await running.close();
    },
  };
};

export const transports: readonly {
  readonly name: string;
  readonly open: () => Promise<Transport>;
}[] = [
  { name: "a direct call", open: () => open(direct) },
  { name: "a message port", open: () => open(messagePort) },
  { name: "a forked process", open: () => open(forkedProcess) },
  { name: "loopback HTTP", open: () => open(loopback) },
];

function nodePort(end: MessagePort): Port {
  return electronPort(end, (onMessage) => void end.on("message", onMessage));
}

async function readEvents(
  response: Response,
  onEvent: (event: string, payload: unknown) => void,
): Promise<void> {
  let rest = "";
  try {
    for await (const piece of response.body!.pipeThrough(new TextDecoderStream())) {
      const parts = (rest + piece).split("\n\n");
      rest = parts.pop() ?? "";
      for (const part of parts) {
        if (!part.startsWith("data: ")) continue;
        const { event, payload } = JSON.parse(part.slice("data: ".length)) as Heard;
        onEvent(event, payload);
      }
    }
  } catch (error) {
    // The test left: the stream ends with it.
    if (!(error instanceof Error && error.name === "AbortError")) throw error;
  }
}
