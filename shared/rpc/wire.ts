/** The messages that travel between a client and a server, whatever carries them. */
import * as z from "zod/mini";

/** A call on its way to the server. */
export const requestSchema = z.strictObject({
  id: z.int().check(z.nonnegative()),
  group: z.string().check(z.maxLength(64)),
  method: z.string().check(z.maxLength(64)),
  input: z.unknown(),
});
export type Request = z.infer<typeof requestSchema>;

/**
 * Why a call was not carried out.
 * `refused`: the input broke its schema; `unknown`: no such procedure; `expected`: a failure the
 * product foresees, with a stable `code`; `internal`: a bug, logged whole on the server's side;
 * `gone`: the other side went away before it answered.
 */
export const faultSchema = z.object({
  kind: z.enum(["refused", "unknown", "expected", "internal", "gone"]),
  code: z.string(),
  message: z.string(),
  details: z.record(z.string(), z.unknown()),
});
export type Fault = z.infer<typeof faultSchema>;

/** The one answer to a call. */
export const responseSchema = z.discriminatedUnion("ok", [
  z.object({ id: z.number(), ok: z.literal(true), value: z.unknown() }),
  z.object({ id: z.number(), ok: z.literal(false), fault: faultSchema }),
]);
export type Response = z.infer<typeof responseSchema>;

/** State that the server announces to everybody. */
export const announcementSchema = z.object({ event: z.string(), payload: z.unknown() });

/** A fault as an error that a caller can catch; `message` is a sentence fit for a person. */
export class RpcFault extends Error {
  readonly fault: Fault;
  constructor(fault: Fault) {
    super(fault.message);
    this.name = "RpcFault";
    this.fault = fault;
  }
}

/** A failure that the product foresees: throw it in a handler and the caller sees it as it is. */
export class ExpectedFailure extends Error {
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;
  constructor(code: string, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = "ExpectedFailure";
    this.code = code;
    this.details = details;
  }
}
