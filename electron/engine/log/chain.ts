/**
 * The hash chain of one device's incarnation, and what its signatures cover. The chain's value at a
 * sequence says everything that was written up to there, whatever files or rows carried it.
 */
import type { Cryptography } from "../identity/cryptography.ts";

/** The chain before its first change. */
export const emptyChain: Uint8Array = new Uint8Array(32);

/** The end of a chain: which device's, at which sequence, and the hash there. */
export type ChainEnd = {
  readonly device: string;
  readonly incarnation: number;
  readonly sequence: number;
  readonly chain: Uint8Array;
};

/** `c_n = SHA-256(c_{n-1} ‖ SHA-256(body_n))`, with the body's canonical JSON in UTF-8. */
export function nextChain(
  cryptography: Pick<Cryptography, "hash">,
  before: Uint8Array,
  body: string | Uint8Array,
): Uint8Array {
  const bytes = typeof body === "string" ? Buffer.from(body, "utf8") : body;
  return cryptography.hash(before, cryptography.hash(bytes));
}

/**
 * The bytes that a device signs: the domain, then device (20 bytes), incarnation (4), sequence (8)
 * and chain (32), so that no signature can be passed off as one about anything else.
 */
export function signedBytes(end: ChainEnd): Uint8Array {
  const position = Buffer.alloc(12);
  position.writeUInt32BE(end.incarnation, 0);
  position.writeBigUInt64BE(BigInt(end.sequence), 4);
  return Buffer.concat([
    Buffer.from(`guildhall/chain/v1\0${end.device}`, "utf8"),
    position,
    end.chain,
  ]);
}

/** Whether two values of chains are the same. */
export function sameChain(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
