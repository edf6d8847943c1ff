/** The segments that are held here, as the folder's names see them; read once for each device. */
import { type DeviceId, deviceIdSchema } from "#shared/domain/ids.ts";
import type { FileName } from "#shared/format/names.ts";
import type { Readable } from "../../db/database.ts";
import type { Outbox, SegmentRow, StreamName } from "../outbox.ts";
import { isCovered, joinRanges, type Range } from "./ranges.ts";

export type SegmentName = Extract<FileName, { readonly kind: "loose" | "pack" | "relay" }>;

export type Holdings = {
  readonly of: (device: DeviceId) => readonly SegmentRow[];
  /** Whether a segment of exactly this name is held. */
  readonly has: (name: SegmentName) => boolean;
  /** Whether every change that the name promises is here, on whatever branch. */
  readonly covers: (name: SegmentName) => boolean;
  readonly devices: () => readonly DeviceId[];
};

/** Reads what is held when it is asked for. Take new holdings after something was accepted. */
export function readHoldings(
  db: Readable,
  outbox: Pick<Outbox, "streams" | "segmentsOf">,
): Holdings {
  let streams: ReadonlyMap<string, readonly StreamName[]> | undefined;
  const held = new Map<string, readonly SegmentRow[]>();
  const names = new Map<string, ReadonlySet<string>>();
  const ranges = new Map<string, readonly Range[]>();

  function incarnations(): ReadonlyMap<string, readonly StreamName[]> {
    return (streams ??= Map.groupBy(outbox.streams(db), ({ device }) => device));
  }

  function of(device: string): readonly SegmentRow[] {
    const known = held.get(device);
    if (known !== undefined) return known;
    const rows = (incarnations().get(device) ?? []).flatMap((stream) =>
      outbox.segmentsOf(db, stream),
    );
    held.set(device, rows);
    names.set(device, new Set(rows.map(keyOf)));
    for (const [incarnation, own] of Map.groupBy(rows, (row) => row.incarnation)) {
      ranges.set(`${device}-${String(incarnation)}`, joinRanges(own));
    }
    return rows;
  }

  return {
    of,
    has: (name) => {
      of(name.device);
      return names.get(name.device)?.has(keyOf(name)) === true;
    },
    covers: (name) => {
      of(name.device);
      const joined = ranges.get(`${name.device}-${String(name.incarnation)}`);
      return joined !== undefined && isCovered(name, joined);
    },
    devices: () => [...incarnations().keys()].map((device) => deviceIdSchema.parse(device)),
  };
}

function keyOf(segment: Pick<SegmentRow, "incarnation" | "first" | "last" | "hash">): string {
  return `${String(segment.incarnation)}.${String(segment.first)}-${String(segment.last)}.${segment.hash}`;
}
