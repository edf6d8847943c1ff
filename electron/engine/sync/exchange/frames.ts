/** Signs and verifies the files that are neither changes nor requests: heads, acknowledgements, bundles. */
import { inflateRawSync, deflateRawSync } from "node:zlib";
import { decodeBase64Url, encodeBase64Url } from "#shared/format/bytes.ts";
import {
  encodeHeader,
  type FrameKind,
  joinFrame,
  type Opened,
  signedMessage,
} from "#shared/format/frame.ts";
import type { DeviceId, RecordId } from "#shared/domain/ids.ts";
import type { Cryptography } from "../../identity/cryptography.ts";
import { deviceIdOf, type Identity } from "../../identity/identity.ts";

export type Signer = Pick<Identity, "device" | "sign" | "state">;

/** The header fields that every file of this device has. */
export function commonHeader(library: RecordId, signer: Signer) {
  const device = signer.device();
  if (device === undefined) return undefined;
  return { v: 1 as const, lib: library, dev: device.id, key: encodeBase64Url(device.signingKey) };
}

/** The whole file. */
export function signFrame(
  kind: FrameKind,
  header: object,
  { signer, payload }: { readonly signer: Signer; readonly payload?: Uint8Array },
): Uint8Array {
  const encoded = encodeHeader(header);
  const signature = signer.sign(signedMessage(kind, encoded));
  return joinFrame(kind, {
    header: encoded,
    signature,
    ...(payload === undefined ? {} : { payload }),
  });
}

type Common = { readonly lib: RecordId; readonly dev: DeviceId; readonly key: string };

/** Whether the header is of this library and its device signed it. */
export function isAuthentic(
  opened: Opened<Common>,
  deps: { readonly cryptography: Cryptography; readonly library: RecordId },
): boolean {
  const { lib, dev, key } = opened.fields;
  if (lib !== deps.library) return false;
  const bytes = decodeBase64Url(key);
  if (deviceIdOf(deps.cryptography, bytes) !== dev) return false;
  return deps.cryptography.verifier(bytes)(
    signedMessage(opened.kind, opened.header),
    opened.signature,
  );
}

/** Whether the payload is the one that the header was signed with. */
export function fitsHash(cryptography: Cryptography, payload: Uint8Array, phash: string): boolean {
  return encodeBase64Url(cryptography.hash(payload)) === phash;
}

/** The first 16 hexadecimal digits of a file's SHA-256: what its name says of its content. */
export function nameHash(cryptography: Cryptography, bytes: Uint8Array): string {
  return Buffer.from(cryptography.hash(bytes)).toString("hex").slice(0, 16);
}

/** Compresses the text of an acknowledgement. */
export function deflate(text: string): Uint8Array {
  return deflateRawSync(Buffer.from(text, "utf8"), { level: 6 });
}

/** Inflates up to so many bytes; undefined when it is more, or no deflated bytes at all. */
export function inflate(bytes: Uint8Array, limit: number): Uint8Array | undefined {
  try {
    return inflateRawSync(bytes, { maxOutputLength: limit });
  } catch {
    // zlib says "too long" and "not deflated" with exceptions; to a reader both are a bad file.
    return undefined;
  }
}
