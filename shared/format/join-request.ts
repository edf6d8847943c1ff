/**
 * A join request: a device shows its keys, whom it belongs to and, with the one-time key of an
 * invitation, that it was invited. A steward's app answers it in the roster; nothing answers in the file.
 */
import { z } from "zod";
import { recordIdSchema } from "#shared/domain/ids.ts";
import { canonicalJson, type Json } from "#shared/domain/json.ts";
import { bytes32Schema, bytes64Schema, encodeText } from "./bytes.ts";
import { checkLength, type Opened, openFrame, type Problem } from "./frame.ts";
import {
  commonFields,
  incarnationSchema,
  sequenceSchema,
  writtenAtSchema,
} from "./header-fields.ts";
import { limits } from "./limits.ts";

/** `[incarnation, sequence, chain]`: where a stream stood that was begun before joining. */
const broughtSchema = z.tuple([incarnationSchema, sequenceSchema, bytes32Schema]);

export const joinRequestSchema = z.looseObject({
  ...commonFields,
  /** What others seal to this device with. */
  agreementKey: bytes32Schema,
  person: recordIdSchema,
  name: z.string().trim().min(1).max(200),
  /** The one-time public key of the invitation. */
  invite: bytes32Schema,
  /** That key's signature over the rest of the header. */
  proof: bytes64Schema,
  brought: z.array(broughtSchema).max(limits.brought),
  at: writtenAtSchema,
});
export type JoinRequest = z.infer<typeof joinRequestSchema>;

/** Opens a join request. Signature and proof are still to be verified. */
export function openJoinRequest(bytes: Uint8Array): Opened<JoinRequest> | Problem {
  const opened = openFrame("join", bytes, joinRequestSchema);
  return "problem" in opened ? opened : (checkLength(opened.payload, 0) ?? opened);
}

/** What the invitation's key signs: the header without the proof. */
export function provenMessage(request: Omit<JoinRequest, "proof">): Uint8Array {
  const plain: Json = JSON.parse(JSON.stringify({ ...request, proof: undefined }));
  return encodeText(`guildhall/join/v1\0${canonicalJson(plain)}`);
}
