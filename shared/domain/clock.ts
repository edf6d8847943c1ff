/**
 * The hybrid logical clock: wall time that never runs backwards on one device. It orders only what
 * happened concurrently; what was written with knowledge of something else wins by its predecessors.
 */
import { z } from "zod";

/** `mmmmmmmmmmm-cccc`: milliseconds (11 hex digits) and a counter (4); text order is clock order. */
export const timestampSchema = z
  .string()
  .regex(/^[0-9a-f]{11}-[0-9a-f]{4}$/u, "is not a timestamp")
  .brand<"Timestamp">();
export type Timestamp = z.infer<typeof timestampSchema>;

/** How far a fast clock may push this device ahead of its own wall time, in milliseconds. */
const maxLead = 5 * 60 * 1000;

/**
 * The next timestamp of this device: `max(wall, min(last + 1, wall + 5 min))`. A clock that jumps
 * back keeps counting from the last timestamp; no colleague's clock can poison it for longer.
 */
export function nextTimestamp(last: Timestamp | undefined, wall: number): Timestamp {
  if (last === undefined) return formatTimestamp(wall, 0);
  const { milliseconds, counter } = parseTimestamp(last);
  if (wall > milliseconds) return formatTimestamp(wall, 0);
  if (milliseconds > wall + maxLead) return formatTimestamp(wall + maxLead, 0);
  return counter < 0xffff
    ? formatTimestamp(milliseconds, counter + 1)
    : formatTimestamp(milliseconds + 1, 0);
}

/**
 * The last timestamp of this device once it has heard of another's: what is written from now on comes
 * after it, unless that clock is ahead by more than this device lets itself be pushed.
 */
export function heardTimestamp(
  last: Timestamp | undefined,
  heard: Timestamp,
  wall: number,
): Timestamp {
  const most = formatTimestamp(wall + maxLead, 0);
  const bounded = heard < most ? heard : most;
  return last !== undefined && last >= bounded ? last : bounded;
}

/** The wall time in a timestamp, in milliseconds since 1970, UTC. */
export function timestampToMilliseconds(timestamp: Timestamp): number {
  return parseTimestamp(timestamp).milliseconds;
}

/** The wall time in a timestamp as ISO 8601, UTC. */
export function timestampToIso(timestamp: Timestamp): string {
  return new Date(timestampToMilliseconds(timestamp)).toISOString();
}

function formatTimestamp(milliseconds: number, counter: number): Timestamp {
  const text = `${milliseconds.toString(16).padStart(11, "0")}-${counter.toString(16).padStart(4, "0")}`;
  return timestampSchema.parse(text);
}

function parseTimestamp(timestamp: Timestamp): { milliseconds: number; counter: number } {
  return {
    milliseconds: Number.parseInt(timestamp.slice(0, 11), 16),
    counter: Number.parseInt(timestamp.slice(12), 16),
  };
}
