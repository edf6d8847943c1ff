/**
 * What somebody knew of a record when they looked at it: the newest change of each device that had
 * written to it. Unlike the number of a revision it stays the same when older changes arrive late,
 * so what is written on top of it replaces exactly what was seen.
 */
import { z } from "zod";
import type { Change } from "./change.ts";

/** Opaque to screens: ids of changes, one for each device and incarnation, in order. */
export const recordVersionSchema = z
  .string()
  .max(20_000)
  .regex(/^[0-9a-z]{20}-\d{1,6}-\d{1,12}(?: [0-9a-z]{20}-\d{1,6}-\d{1,12})*$/u, "is not a version")
  .brand<"RecordVersion">();
export type RecordVersion = z.infer<typeof recordVersionSchema>;

/** The last sequence that was seen of each `device-incarnation`. */
export type Seen = Readonly<Record<string, number>>;

type Place = Pick<Change, "device" | "incarnation" | "sequence">;

/** With one more change. */
export function seenWith(seen: Seen, { device, incarnation, sequence }: Place): Seen {
  const stream = `${device}-${incarnation}`;
  return { ...seen, [stream]: Math.max(seen[stream] ?? 0, sequence) };
}

/** The version of a record of which this was seen. */
export function versionOf(seen: Seen): RecordVersion {
  const ids = Object.entries(seen).map(([stream, sequence]) => `${stream}-${sequence}`);
  return recordVersionSchema.parse(ids.toSorted().join(" "));
}

/** Whether a change had been seen. */
export function seenIn(version: RecordVersion): (change: Place) => boolean {
  const last = new Map(
    version.split(" ").map((id): [string, number] => {
      const end = id.lastIndexOf("-");
      return [id.slice(0, end), Number(id.slice(end + 1))];
    }),
  );
  return ({ device, incarnation, sequence }) =>
    sequence <= (last.get(`${device}-${incarnation}`) ?? 0);
}
