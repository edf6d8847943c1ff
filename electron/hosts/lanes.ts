/** Several ports over one: each message carries the name of the lane it belongs to. */
import type { Port } from "#shared/rpc/port.ts";

type Parcel = { readonly lane: string; readonly message: unknown };

/** Checked by hand: it is on the way of every message, and of the main process to its window. */
function isParcel(value: unknown): value is Parcel {
  return (
    typeof value === "object" &&
    value !== null &&
    "lane" in value &&
    typeof value.lane === "string" &&
    "message" in value &&
    Object.keys(value).length === 2
  );
}

/** Gives the port of a lane, by name. What arrives for a lane nobody listens on is dropped. */
export type Lanes = {
  readonly lane: (name: string) => Port;
  /** Stops delivering to the lane. */
  readonly drop: (name: string) => void;
};

/** Splits a port; nobody else may listen on it afterwards. */
export function splitPort(port: Port): Lanes {
  const listeners = new Map<string, (message: unknown) => void>();
  port.listen((parcel) => {
    if (isParcel(parcel)) listeners.get(parcel.lane)?.(parcel.message);
  });
  return {
    lane: (name) => ({
      post: (message) => {
        port.post({ lane: name, message });
      },
      listen: (onMessage) => {
        listeners.set(name, onMessage);
      },
    }),
    drop: (name) => {
      listeners.delete(name);
    },
  };
}

/**
 * The lanes between a forked engine and whoever forked it, where no port can be handed over: the
 * control connection, the coming and going of windows, and a lane for each window.
 */
export const forkedLanes = {
  control: "control",
  windows: "windows",
  window: (number: number) => `window:${number}`,
};
