/**
 * What kind of file some bytes are, told by the bytes themselves: a name proves nothing. Only
 * pictures that cannot run anything are shown in place; all else is handed over as a download.
 */

const signatures: readonly (readonly [mediaType: string, at: number, bytes: string])[] = [
  ["image/png", 0, "\u0089PNG\r\n\u001a\n"],
  ["image/jpeg", 0, "\u00ff\u00d8\u00ff"],
  ["image/gif", 0, "GIF87a"],
  ["image/gif", 0, "GIF89a"],
  ["image/webp", 8, "WEBP"],
  ["image/avif", 4, "ftypavif"],
  ["image/bmp", 0, "BM"],
  ["application/pdf", 0, "%PDF-"],
  ["application/zip", 0, "PK\u0003\u0004"],
  ["application/gzip", 0, "\u001f\u008b"],
  ["video/mp4", 4, "ftyp"],
  ["audio/mpeg", 0, "ID3"],
];

/** How many bytes from the start are enough to tell. */
export const sniffLength = 1024;

/** Pictures that a page may show: none of them can hold a script. */
const shownInPlace: ReadonlySet<string> = new Set([
  "image/png",
  "image/jpeg",
  "image/gif",
  "image/webp",
  "image/avif",
  "image/bmp",
]);

/** The media type by the first bytes; `application/octet-stream` where they say nothing. */
export function sniffMediaType(start: Uint8Array): string {
  const head = Buffer.from(start.buffer, start.byteOffset, Math.min(start.length, sniffLength));
  const bytes = head.toString("latin1");
  for (const [mediaType, at, signature] of signatures) {
    if (bytes.startsWith(signature, at)) return mediaType;
  }
  if (bytes.includes("\0")) return "application/octet-stream";
  // SVG can hold scripts, so it is never shown in place; see `isShownInPlace`.
  if (
    /^\s*(?:<\?xml[\s\S]*?>|<!--[\s\S]*?-->|<!DOCTYPE[^>]*>|\s)*<svg[\s>]/iu.test(head.toString())
  ) {
    return "image/svg+xml";
  }
  return isText(head) ? "text/plain" : "application/octet-stream";
}

/** Whether a window may show it as a picture; anything else is only offered as a download. */
export function isShownInPlace(mediaType: string): boolean {
  return shownInPlace.has(mediaType);
}

/** UTF-8, but for a character that the end of the sample cuts in two. */
function isText(sample: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(sample, { stream: true });
    return true;
  } catch {
    // Bytes that are not UTF-8 are no text to us.
    return false;
  }
}
