/**
 * A segment: consecutive changes of one device's incarnation, signed as one, written once. A pack
 * is a bigger segment and a relay a copy of one; the format is the same. The payload is the changes'
 * canonical JSON, one a line, raw-deflated; `prev` and `end` are the stream's chain before the first
 * and after the last of them, so that it fits only where it belongs.
 */
import { z } from "zod";
import type { ChangeBody } from "#shared/domain/change.ts";
import { type Timestamp, timestampSchema } from "#shared/domain/clock.ts";
import { readChangeBody } from "#shared/domain/plain-change.ts";
import { bytes32Schema, decodeText, emptyChainText } from "./bytes.ts";
import { type Opened, openFrame, type Problem } from "./frame.ts";
import {
  commonFields,
  featuresSchema,
  incarnationSchema,
  payloadFields,
  sequenceSchema,
  unknownRequirements,
} from "./header-fields.ts";
import { limits } from "./limits.ts";
import { readJson } from "./read-json.ts";

/** The way of compression that this version writes and reads. */
export const segmentCodec = "deflate-raw";

export const segmentHeaderSchema = z
  .looseObject({
    ...commonFields,
    ...payloadFields,
    inc: incarnationSchema,
    first: sequenceSchema,
    last: sequenceSchema,
    prev: bytes32Schema,
    end: bytes32Schema,
    codec: z.string().min(1).max(32),
    /** What the payload inflates to, in bytes. */
    ulen: z.int().positive(),
    feat: featuresSchema,
    /** The least and the greatest time of its changes. */
    from: timestampSchema,
    to: timestampSchema,
  })
  .refine(({ first, last }) => first <= last, "ends before it begins")
  .refine(({ from, to }) => from <= to, "its times run backwards")
  .refine(({ first, prev }) => (first === 1) === (prev === emptyChainText), "begins in the air");
export type SegmentHeader = z.infer<typeof segmentHeaderSchema>;
export type Segment = Opened<SegmentHeader>;

/** Opens a segment, or its first 4 KB. What it says is to be verified before it is believed. */
export function openSegment(bytes: Uint8Array): Segment | Problem {
  const opened = openFrame("segment", bytes, segmentHeaderSchema);
  if ("problem" in opened) return opened;
  const { plen, ulen, first, last } = opened.fields;
  const weight = 8 + opened.header.length + opened.signature.length + plen;
  if (weight > limits.segmentFile || ulen > limits.segmentText) return { problem: "oversize" };
  // Every change takes more than one byte, so no header can promise more changes than text.
  return last - first < ulen ? opened : { problem: "hash" };
}

/** What must be known to apply the changes and is not; an unknown way of compression is one of these. */
export function missingFor(header: SegmentHeader): readonly string[] {
  const missing = unknownRequirements(header.feat);
  return header.codec === segmentCodec ? missing : [...missing, `codec:${header.codec}`];
}

/** One line of a payload: the bytes that the chain hashes, their text, and the change they say. */
export type SegmentLine = {
  readonly bytes: Uint8Array;
  readonly body: string;
  readonly change: ChangeBody;
};

/** Reads the inflated payload: exactly the changes that the header names, or what is wrong. */
export function readLines(
  text: Uint8Array,
  header: SegmentHeader,
): readonly SegmentLine[] | Problem {
  const lines: SegmentLine[] = [];
  const reading = linesIn(text, header);
  let next = reading.next();
  for (; next.done !== true; next = reading.next()) lines.push(next.value);
  return next.value ?? lines;
}

/**
 * The same line by line, since a big pack takes a while; none of them can be believed before the end
 * answers that nothing is wrong.
 */
export function* linesIn(
  text: Uint8Array,
  header: SegmentHeader,
): Generator<SegmentLine, Problem | undefined> {
  if (text.length !== header.ulen) return { problem: "hash" };
  const times: Timestamp[] = [];
  for (let start = 0; start < text.length;) {
    const end = text.indexOf(0x0a, start);
    const sequence = header.first + times.length;
    if (end < 0 || sequence > header.last) return { problem: "hash" };
    if (end - start > limits.change) return { problem: "oversize" };
    const line = readLine(text.subarray(start, end), header, sequence);
    if (line === undefined) return { problem: "hash" };
    times.push(line.change.at);
    yield line;
    start = end + 1;
  }
  const { from, to } = timesOf(times);
  const fits = times.length === header.last - header.first + 1;
  return fits && from === header.from && to === header.to ? undefined : { problem: "hash" };
}

/** The payload of changes given by their canonical JSON, before it is deflated. */
export function joinLines(bodies: readonly string[]): string {
  return bodies.map((body) => `${body}\n`).join("");
}

/** A header's `from` and `to`. A device's clock can be set back, so they need not be at the ends. */
export function timesOf(times: readonly Timestamp[]): {
  readonly from: Timestamp | undefined;
  readonly to: Timestamp | undefined;
} {
  let [from, to] = [times[0], times[0]];
  for (const at of times) {
    if (from === undefined || at < from) from = at;
    if (to === undefined || at > to) to = at;
  }
  return { from, to };
}

function readLine(
  bytes: Uint8Array,
  { dev, inc }: SegmentHeader,
  sequence: number,
): SegmentLine | undefined {
  const body = decodeText(bytes);
  const read = body === undefined ? undefined : readJson(body);
  const change = read && readChangeBody(read.json);
  if (body === undefined || change === undefined) return undefined;
  const { device, incarnation, sequence: said } = change;
  if (device !== dev || incarnation !== inc || said !== sequence) return undefined;
  return { bytes, body, change };
}
