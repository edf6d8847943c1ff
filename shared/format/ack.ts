/**
 * An acknowledgement: which streams a device holds, and how far. Others learn from it what exists
 * and has not reached them, and what has not reached this device.
 */
import { z } from "zod";
import { deviceIdSchema } from "#shared/domain/ids.ts";
import { decodeText } from "./bytes.ts";
import { checkLength, type Opened, openFrame, type Problem } from "./frame.ts";
import {
  commonFields,
  incarnationSchema,
  payloadFields,
  writtenAtSchema,
} from "./header-fields.ts";
import { limits } from "./limits.ts";
import { readJson } from "./read-json.ts";

export const ackHeaderSchema = z.looseObject({
  ...commonFields,
  ...payloadFields,
  /** Counts the device's acknowledgements, from 1. */
  n: z.int().positive(),
  at: writtenAtSchema,
});
export type AckHeader = z.infer<typeof ackHeaderSchema>;

/** `[device, incarnation, sequence, mark]`: all of this stream up to there is held. */
export const ackLineSchema = z.tuple([
  deviceIdSchema,
  incarnationSchema,
  z.int().positive(),
  z.string().regex(/^[A-Za-z0-9_-]{8}$/u, "is not the beginning of a chain value"),
]);
export type AckLine = z.infer<typeof ackLineSchema>;

/** Opens an acknowledgement, or its first 4 KB. */
export function openAck(bytes: Uint8Array): Opened<AckHeader> | Problem {
  const opened = openFrame("ack", bytes, ackHeaderSchema);
  if ("problem" in opened) return opened;
  return opened.fields.plen > limits.ackFile ? { problem: "oversize" } : opened;
}

/** Whether the payload is whole. */
export function checkAckLength(ack: Opened<AckHeader>): Problem | undefined {
  return checkLength(ack.payload, ack.fields.plen);
}

/** The first 8 characters of a chain value in base64url: enough to tell two branches apart. */
export function chainMark(chain: string): string {
  return chain.slice(0, 8);
}

/** The lines of a payload, before it is deflated: in one order, so that equal holdings are equal bytes. */
export function joinAckLines(lines: readonly AckLine[]): string {
  return lines
    .map((line) => JSON.stringify(line))
    .toSorted((a, b) => (a < b ? -1 : 1))
    .map((line) => `${line}\n`)
    .join("");
}

/** Reads the inflated payload. */
export function readAckLines(text: Uint8Array): readonly AckLine[] | Problem {
  if (text.length > limits.ackText) return { problem: "oversize" };
  const whole = decodeText(text);
  if (whole === undefined || (whole !== "" && !whole.endsWith("\n"))) return { problem: "hash" };
  const lines: AckLine[] = [];
  for (const line of whole.split("\n").slice(0, -1)) {
    const read = readJson(line);
    const parsed = ackLineSchema.safeParse(read?.json);
    if (!parsed.success) return { problem: "hash" };
    lines.push(parsed.data);
  }
  return lines;
}
