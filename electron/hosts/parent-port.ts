/**
 * The connection of the engine's process to the one that started it, whichever way it was started:
 * as Electron's utility process (process.parentPort, which can hand over window ports) or forked
 * on plain Node (process.send). The rest of the process does not know the difference.
 */
import { z } from "zod";
import type { Port } from "#shared/rpc/port.ts";
import { electronPort, type Poster } from "./electron-port.ts";
import { forkedLanes, type Lanes, splitPort } from "./lanes.ts";

/** A window's port that was handed over, with a call when the window has gone. */
export type WindowPort = { readonly port: Port; readonly onClose: (call: () => void) => void };

export type Parent = {
  readonly port: Port;
  /** Calls back with the port of each window that opens. */
  readonly onWindowPort: (receive: (window: WindowPort) => void) => void;
  /** Calls back when the parent has gone. */
  readonly onGone: (call: () => void) => void;
};

/** Electron's MessagePortMain and ParentPort, as far as they are used here. */
type ElectronPort = Poster & {
  on: (event: "message" | "close", listener: (event: ElectronMessage) => void) => void;
  start?: () => void;
};
type ElectronMessage = { readonly data: unknown; readonly ports: readonly ElectronPort[] };

/** Finds the parent; undefined when nobody started this process to be spoken to. */
export function connectToParent(): Parent | undefined {
  if (hasParentPort(process)) return electronParent(process.parentPort);
  if (process.send !== undefined) return forkedParent();
  return undefined;
}

function electronParent(parentPort: ElectronPort): Parent {
  let onMessage: (message: unknown) => void = () => {};
  let receive: (window: WindowPort) => void = () => {};
  parentPort.on("message", (event) => {
    const [handed] = event.ports;
    if (handed === undefined) onMessage(event.data);
    else receive(windowPort(handed));
  });
  return {
    port: electronPort(parentPort, (listener) => {
      onMessage = listener;
    }),
    onWindowPort: (listener) => {
      receive = listener;
    },
    // A utility process ends with its parent.
    onGone: () => {},
  };
}

function windowPort(handed: ElectronPort): WindowPort {
  return {
    port: electronPort(handed, (listener) => {
      handed.on("message", (event) => {
        listener(event.data);
      });
      handed.start?.();
    }),
    onClose: (call) => {
      handed.on("close", call);
    },
  };
}

function forkedParent(): Parent {
  const lanes = splitPort({
    post: (message) => {
      // A parent that has gone is told nothing; "disconnect" ends this process.
      if (process.connected) process.send?.(message);
    },
    listen: (listener) => {
      process.on("message", listener);
    },
  });
  return {
    port: lanes.lane(forkedLanes.control),
    onWindowPort: (receive) => {
      receiveWindows(lanes, receive);
    },
    onGone: (call) => {
      process.on("disconnect", call);
    },
  };
}

/** What goes over the lane of the windows. */
const windowNoticeSchema = z.strictObject({
  window: z.number().int(),
  state: z.enum(["open", "closed"]),
});

function receiveWindows(lanes: Lanes, receive: (window: WindowPort) => void): void {
  const closing = new Map<number, () => void>();
  lanes.lane(forkedLanes.windows).listen((message) => {
    const { window, state } = windowNoticeSchema.parse(message);
    const name = forkedLanes.window(window);
    if (state === "open") {
      const port = lanes.lane(name);
      receive({ port, onClose: (call) => closing.set(window, call) });
    } else {
      closing.get(window)?.();
      closing.delete(window);
      lanes.drop(name);
    }
  });
}

function hasParentPort(candidate: object): candidate is { readonly parentPort: ElectronPort } {
  return "parentPort" in candidate && candidate.parentPort !== undefined;
}
