/**
 * The two secrets that people pass on by hand, as letters that can be typed and said: the code of an
 * invitation and the recovery sheet of a library. Both end in a checksum, so that a slip of the
 * finger is told from a wrong code, and both are read as people type them: any case, with or without
 * spaces, O for 0, I or L for 1.
 */
import { encodeBase32 } from "#shared/domain/ids.ts";
import type { Cryptography } from "../../identity/cryptography.ts";

const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
const secretLength = 16;
const fingerprintLength = 10;

type Shape = { readonly purpose: string; readonly bytes: number; readonly checksum: number };
const invitationShape: Shape = {
  purpose: "guildhall/invitation-code/v1",
  bytes: fingerprintLength + secretLength,
  checksum: 2,
};
const recoveryShape: Shape = { purpose: "guildhall/recovery/v1", bytes: secretLength, checksum: 4 };

/** What an invitation's code says: which library it is for, and the secret that proves it. */
export type InvitationCode = {
  /** The library's fingerprint. */
  readonly fingerprint: string;
  readonly secret: Uint8Array;
};

/** The length of the secrets, in bytes. */
export const codeSecretLength: number = secretLength;

/** Sixteen letters that stand for a root key: the first 80 bits of its SHA-256. */
export function fingerprintOf(cryptography: Cryptography, root: Uint8Array): string {
  return encodeBase32(cryptography.hash(root).subarray(0, fingerprintLength));
}

/** An invitation's code, in nine groups of five. */
export function formatInvitation(
  cryptography: Cryptography,
  { root, secret }: { readonly root: Uint8Array; readonly secret: Uint8Array },
): string {
  const fingerprint = cryptography.hash(root).subarray(0, fingerprintLength);
  return grouped(withChecksum(cryptography, invitationShape, [fingerprint, secret]), 5);
}

/** What the code says; undefined when it is not whole. */
export function readInvitation(
  cryptography: Cryptography,
  typed: string,
): InvitationCode | undefined {
  const bytes = readChecked(cryptography, invitationShape, typed);
  if (bytes === undefined) return undefined;
  return {
    fingerprint: encodeBase32(bytes.subarray(0, fingerprintLength)),
    secret: bytes.subarray(fingerprintLength),
  };
}

/** The secret of a recovery sheet, in eight groups of four. */
export function formatRecovery(cryptography: Cryptography, secret: Uint8Array): string {
  return grouped(withChecksum(cryptography, recoveryShape, [secret]), 4);
}

/** The secret; undefined when it is not whole. */
export function readRecovery(cryptography: Cryptography, typed: string): Uint8Array | undefined {
  return readChecked(cryptography, recoveryShape, typed);
}

/** The key pair that a secret makes: the one-time key of an invitation, or the root of a library. */
export function signerOf(
  cryptography: Cryptography,
  secret: Uint8Array,
  use: "invitation" | "root",
): ReturnType<Cryptography["signer"]> {
  const seed = cryptography.derive({
    secret,
    salt: new Uint8Array(0),
    purpose: Buffer.from(`guildhall/${use}/v1`, "utf8"),
    length: 32,
  });
  return cryptography.signer(seed);
}

function withChecksum(
  cryptography: Cryptography,
  { purpose, checksum }: Shape,
  parts: readonly Uint8Array[],
): Uint8Array {
  const hash = cryptography.hash(Buffer.from(`${purpose}\0`, "utf8"), ...parts);
  return Buffer.concat([...parts, hash.subarray(0, checksum)]);
}

function readChecked(
  cryptography: Cryptography,
  shape: Shape,
  typed: string,
): Uint8Array | undefined {
  const bytes = decodeBase32(plain(typed), shape.bytes + shape.checksum);
  if (bytes === undefined) return undefined;
  const content = bytes.subarray(0, shape.bytes);
  const expected = withChecksum(cryptography, shape, [content]);
  return Buffer.compare(expected, bytes) === 0 ? content : undefined;
}

function grouped(bytes: Uint8Array, size: number): string {
  const letters = encodeBase32(bytes).toUpperCase();
  return letters.match(new RegExp(`.{1,${size}}`, "gu"))?.join("-") ?? "";
}

function plain(typed: string): string {
  return typed
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[^0-9a-z]/gu, "")
    .replaceAll("o", "0")
    .replaceAll(/[il]/gu, "1")
    .replaceAll("u", "v");
}

/** So many bytes; undefined when the letters are more or fewer, or say bits that no byte has. */
function decodeBase32(letters: string, length: number): Uint8Array | undefined {
  const bytes = new Uint8Array(length);
  let buffer = 0;
  let bits = 0;
  let at = 0;
  for (const letter of letters) {
    const value = alphabet.indexOf(letter);
    if (value < 0 || at > length) return undefined;
    buffer = ((buffer << 5) | value) & 0xfff;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at] = (buffer >>> bits) & 0xff;
    at += 1;
  }
  return at === length && encodeBase32(bytes) === letters ? bytes : undefined;
}
