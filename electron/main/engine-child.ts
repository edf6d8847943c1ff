/**
 * The engine's process itself: Electron's utility process, or a plain Node where the runtime's
 * Node-API is too old for the database. This file is the whole difference between the two.
 */
import { fork } from "node:child_process";
import path from "node:path";
import { type MessagePortMain, utilityProcess } from "electron";
import { electronPort } from "#hosts/electron-port.ts";
import { forkedLanes, type Lanes, splitPort } from "#hosts/lanes.ts";
import { engineOptions } from "#hosts/small-memory.ts";
import type { Port } from "#shared/rpc/port.ts";

/** A started engine process. Its messages wait until somebody listens. */
export type EngineChild<WindowPort> = {
  /** The control connection. */
  readonly port: Port;
  /** Gives it the engine's end of a window's channel. */
  readonly openWindow: (port: WindowPort) => void;
  readonly onExit: (call: (code: number) => void) => void;
  /** What it writes to standard output and error, line by line. */
  readonly onLine: (call: (line: string) => void) => void;
  readonly kill: () => void;
};

/** better-sqlite3 needs this one: Electron 36 and later have it. */
const neededNodeApi = 10;

const entry = path.resolve(import.meta.dirname, "..", "hosts", "utility.js");

type Surroundings = {
  readonly nodeApi: number;
  readonly packaged: boolean;
  readonly environment: NodeJS.ProcessEnv;
  /** The folder in which its compiled code is kept between starts. */
  readonly codeCache: string;
};

/** How to start the engine here, or a sentence that says why it cannot be. */
export function engineStarter({ nodeApi, packaged, environment, codeCache }: Surroundings):
  | {
      readonly start: () => EngineChild<MessagePortMain>;
      /** Whether it can be started before the app is ready: a tenth of a second earlier. */
      readonly early: boolean;
    }
  | { readonly sentence: string } {
  const env = engineEnvironment(environment);
  const words = [codeCache];
  if (nodeApi >= neededNodeApi) return { start: () => startUtility(words, env), early: false };
  const node = environment.GUILDHALL_NODE;
  if (!packaged && node !== undefined)
    return { start: () => startForked(node, words, env), early: true };
  return {
    sentence: `This Electron runtime has Node-API ${nodeApi}, and Guildhall's database needs ${neededNodeApi}. Use Electron 36 or later, or, while developing, put the path of Node 22.14 or later in GUILDHALL_NODE.`,
  };
}

/** The environment without what would change how Node starts, and without anybody's secrets. */
export function engineEnvironment(environment: NodeJS.ProcessEnv): Record<string, string> {
  const kept = Object.entries(environment).flatMap(([name, value]) =>
    value === undefined || /^(?:NODE_|ELECTRON_|GUILDHALL_|LD_PRELOAD$|DYLD_)/u.test(name)
      ? []
      : [[name, value] as const],
  );
  return Object.fromEntries(kept);
}

function startUtility(
  words: readonly string[],
  env: Record<string, string>,
): EngineChild<MessagePortMain> {
  const child = utilityProcess.fork(entry, [...words], {
    serviceName: "guildhall-engine",
    execArgv: [`--js-flags=${engineOptions.join(" ")}`],
    stdio: "pipe",
    env,
  });
  // It may end before anybody listens.
  const ended = Promise.withResolvers<number>();
  child.on("exit", ended.resolve);
  return {
    port: electronPort(child, (onMessage) => {
      child.on("message", onMessage);
    }),
    openWindow: (port) => {
      child.postMessage("window", [port]);
    },
    onExit: (call) => void ended.promise.then(call),
    onLine: (call) => {
      eachLine(child.stdout, call);
      eachLine(child.stderr, call);
    },
    kill: () => {
      child.kill();
    },
  };
}

function startForked(
  node: string,
  words: readonly string[],
  env: Record<string, string>,
): EngineChild<MessagePortMain> {
  const child = fork(entry, words, {
    execPath: node,
    execArgv: [...engineOptions],
    serialization: "advanced",
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    env,
  });
  // It may end before anybody listens.
  const ended = Promise.withResolvers<number>();
  child.on("exit", (code) => ended.resolve(code ?? 1));
  const lanes = splitPort({
    post: (message) => {
      if (child.connected) child.send(Object(message));
    },
    listen: (onMessage) => {
      child.on("message", onMessage);
    },
  });
  let opened = 0;
  return {
    port: lanes.lane(forkedLanes.control),
    openWindow: (windowPort) => {
      opened += 1;
      relay(windowPort, lanes, opened);
      child.on("exit", () => {
        windowPort.close();
      });
    },
    onExit: (call) => void ended.promise.then(call),
    onLine: (call) => {
      eachLine(child.stdout, call);
      eachLine(child.stderr, call);
    },
    kill: () => {
      child.kill("SIGKILL");
    },
  };
}

/** Carries a window's messages over a lane, since a port cannot be handed to a forked process. */
function relay(windowPort: MessagePortMain, lanes: Lanes, window: number): void {
  const name = forkedLanes.window(window);
  const lane = lanes.lane(name);
  const windows = lanes.lane(forkedLanes.windows);
  const end = electronPort(windowPort, (listener) => {
    windowPort.on("message", (event) => {
      listener(event.data);
    });
  });
  lane.listen(end.post);
  end.listen(lane.post);
  windows.post({ window, state: "open" });
  windowPort.on("close", () => {
    windows.post({ window, state: "closed" });
    lanes.drop(name);
  });
  windowPort.start();
}

function eachLine(stream: NodeJS.ReadableStream | null, call: (line: string) => void): void {
  let rest = "";
  stream?.setEncoding("utf8");
  stream?.on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) if (line.trim() !== "") call(line);
  });
}
