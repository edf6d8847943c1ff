/**
 * What the process that owns the engine's process says to it, and what it lends: two small
 * contracts over the lanes "engine" and "host". Windows do not speak here; they have ports of
 * their own.
 */
import * as z from "zod/mini";
import { selectionSchema } from "#shared/contract/selection.ts";
import { command, query } from "#shared/rpc/define.ts";

const nothing = z.strictObject({});
const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array, "is not bytes");

/** Served by the engine's process. */
export const engineControl = {
  engine: {
    /** Opens the profile. Fails as opening it fails; the process is of no use then. */
    start: command(
      () => z.strictObject({ profile: z.string().check(z.minLength(1)), keyStore: z.boolean() }),
      () => nothing,
    ),
    offerSelection: command(
      () => z.strictObject({ paths: z.array(z.string()).check(z.minLength(1)), name: z.string() }),
      () => selectionSchema,
    ),
    readAttachment: query(
      () => z.strictObject({ hash: z.string().check(z.maxLength(100)) }),
      () => z.nullable(z.object({ bytes, mediaType: z.string() })),
    ),
    downloadPath: query(
      () => z.strictObject({ id: z.string().check(z.maxLength(100)) }),
      () => z.object({ path: z.nullable(z.string()) }),
    ),
    /** Whether the person looks at the window: the shared folder is then looked at more often. */
    attention: command(
      () => z.strictObject({ focused: z.boolean() }),
      () => nothing,
    ),
    /** Ends jobs, checkpoints and closes; the process may be ended after the answer. */
    close: command(
      () => nothing,
      () => nothing,
    ),
  },
};

/** Served by the process that started the engine's. */
export const hostServices = {
  keyStore: {
    wrap: command(
      () => z.strictObject({ bytes }),
      () => z.object({ bytes }),
    ),
    unwrap: command(
      () => z.strictObject({ bytes }),
      () => z.object({ bytes }),
    ),
  },
  input: {
    /** Everything on standard input, which a utility process does not have. */
    readAll: query(
      () => nothing,
      () => z.object({ bytes }),
    ),
  },
};
