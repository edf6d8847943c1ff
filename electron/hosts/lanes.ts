/** Several ports over one: each message carries the name of the lane it belongs to. */
import { z } from "zod";
import type { Port } from "#shared/rpc/port.ts";

const parcelSchema = z.strictObject({ lane: z.string(), message: z.unknown() });

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
    const read = parcelSchema.safeParse(parcel);
    if (read.success) listeners.get(read.data.lane)?.(read.data.message);
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

/** What goes over the lane of the windows. */
export const windowNoticeSchema = z.strictObject({
  window: z.number().int(),
  state: z.enum(["open", "closed"]),
});
