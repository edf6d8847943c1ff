/**
 * Reads a file of the shared folder no further than it deserves: 4 KB first, and the rest only when
 * its header says that it is a segment of a device of the library, or a bundle of this library.
 */
import type { DeviceId } from "#shared/domain/ids.ts";
import { openBundle } from "#shared/format/bundle.ts";
import { splitFrame } from "#shared/format/frame.ts";
import { limits } from "#shared/format/limits.ts";
import { openSegment, type SegmentHeader } from "#shared/format/segment.ts";
import { FolderError } from "../folder.ts";
import type { Standing } from "../intake.ts";
import type { Context } from "./context.ts";
import type { Refusal } from "./folder-files.ts";

export type Fetched =
  | { readonly kind: "whole"; readonly bytes: Uint8Array; readonly device?: DeviceId }
  /** A head, an acknowledgement or a join request under another name: read where they are read. */
  | { readonly kind: "other" }
  /** Its header says all that is to be known. */
  | { readonly kind: "peeked"; readonly header: SegmentHeader }
  | {
      readonly kind: "refused";
      readonly reason: Refusal;
      readonly device?: DeviceId;
      readonly bytes?: Uint8Array;
    }
  | { readonly kind: "gone" };

type Options = {
  readonly standingOf: (device: DeviceId) => Standing;
  /** Whether the header alone is enough. */
  readonly isKnown: (header: SegmentHeader) => boolean;
  /** Whether so many bytes of the device may still be read today. */
  readonly affords: (device: DeviceId, bytes: number) => boolean;
};

type Deps = Pick<Context, "folder" | "library" | "pace">;

/** Reads what is at the path. Fails only where the whole folder does. */
export async function fetchFile(path: string, options: Options, deps: Deps): Promise<Fetched> {
  try {
    const start = await deps.folder.read(path, { at: 0, length: deps.pace.peek });
    const frame = splitFrame(start);
    if ("problem" in frame) return { kind: "refused", reason: frame.problem, bytes: start };
    if (frame.json.lib !== deps.library.id) return { kind: "refused", reason: "other_library" };
    switch (frame.kind) {
      case "segment":
        return await fetchSegment({ path, start }, options, deps);
      case "bundle":
        return await fetchBundle({ path, start }, deps);
      case "head":
      case "ack":
      case "join":
        return { kind: "other" };
    }
  } catch (error) {
    return afterFault(error);
  }
}

/** A file of which the beginning has been read. */
type Begun = { readonly path: string; readonly start: Uint8Array };

async function fetchSegment(begun: Begun, options: Options, deps: Deps): Promise<Fetched> {
  const { start } = begun;
  const segment = openSegment(start);
  if ("problem" in segment) return { kind: "refused", reason: segment.problem, bytes: start };
  const { fields, header } = segment;
  const device = fields.dev;
  if (options.standingOf(device) === "unknown") {
    return { kind: "refused", reason: "unknown_device", device };
  }
  if (options.isKnown(fields)) return { kind: "peeked", header: fields };
  const length = 8 + header.length + 64 + fields.plen;
  if (!options.affords(device, length)) return { kind: "refused", reason: "over_budget", device };
  return { kind: "whole", bytes: await theRest(begun, length, deps), device };
}

async function fetchBundle(begun: Begun, deps: Deps): Promise<Fetched> {
  const bundle = openBundle(begun.start);
  if ("problem" in bundle) return { kind: "refused", reason: bundle.problem };
  const length = 8 + bundle.header.length + 64 + bundle.fields.plen;
  if (length > limits.bundleFile) return { kind: "refused", reason: "oversize" };
  return { kind: "whole", bytes: await theRest(begun, length, deps) };
}

/** One byte more than promised is asked for, so that what was added behind is noticed. */
async function theRest(
  { path, start }: Begun,
  length: number,
  { folder, pace }: Deps,
): Promise<Uint8Array> {
  if (start.length < pace.peek || length < start.length) return start;
  const rest = await folder.read(path, { at: start.length, length: length + 1 - start.length });
  return Buffer.concat([start, rest]);
}

/** A file that cannot be read now holds nothing else up; a folder that cannot be read does. */
function afterFault(error: unknown): Fetched {
  if (!(error instanceof FolderError)) throw error;
  if (error.fault === "unavailable") throw error;
  return error.fault === "missing" ? { kind: "gone" } : { kind: "refused", reason: "not_here" };
}
