/** Bytes as text: base64url for keys and hashes in headers, UTF-8 that refuses what is not UTF-8. */
import { z } from "zod";

/** What every host has and the language's own library does not name. */
declare const TextDecoder: {
  new (
    label: "utf-8",
    options: { readonly fatal: true; readonly ignoreBOM: true },
  ): { readonly decode: (bytes: Uint8Array) => string };
};
declare const TextEncoder: { new (): { readonly encode: (text: string) => Uint8Array } };

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

/** The UTF-8 of a text. */
export function encodeText(text: string): Uint8Array {
  return encoder.encode(text);
}

/** The text of UTF-8 bytes; undefined when they are not UTF-8. */
export function decodeText(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    // The decoder says "not UTF-8" with an exception and nothing more.
    return undefined;
  }
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** Base64url without padding (RFC 4648, section 5). */
export function encodeBase64Url(bytes: Uint8Array): string {
  let text = "";
  for (let index = 0; index < bytes.length; index += 3) {
    const group =
      ((bytes[index] ?? 0) << 16) | ((bytes[index + 1] ?? 0) << 8) | (bytes[index + 2] ?? 0);
    const letters = [group >>> 18, group >>> 12, group >>> 6, group].map((bits) =>
      alphabet.charAt(bits & 63),
    );
    text += letters.slice(0, Math.min(3, bytes.length - index) + 1).join("");
  }
  return text;
}

/** The bytes of base64url that one of the schemas below has accepted. */
export function decodeBase64Url(text: string): Uint8Array {
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let buffer = 0;
  let bits = 0;
  let length = 0;
  for (const letter of text) {
    buffer = ((buffer << 6) | alphabet.indexOf(letter)) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[length] = (buffer >>> bits) & 0xff;
    length += 1;
  }
  return bytes;
}

/** 32 bytes: a public key, a SHA-256 or a chain value. One spelling only: the spare bits are zero. */
export const bytes32Schema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/u, "is not 32 bytes in base64url");

/** 64 bytes: a signature. */
export const bytes64Schema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{85}[AQgw]$/u, "is not 64 bytes in base64url");

/** The chain before the first change: 32 zero bytes. */
export const emptyChainText = "A".repeat(43);
