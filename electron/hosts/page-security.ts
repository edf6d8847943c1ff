/**
 * The headers that every page of Guildhall is served with, in the window and in a browser tab alike:
 * nothing from elsewhere, no inline script, no eval, no frame around it.
 */
import path from "node:path";

/** What the build wrote into index.html where the nonce of each load belongs. */
const noncePlaceholder = "GUILDHALL_NONCE";

/** The content security policy of a page whose styles carry the nonce. */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' guildhall-asset: data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
  ].join("; ");
}

/** The policy of everything that is not a page: opened by itself it can do nothing. */
export const inertPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'";

/** Headers of every answer, whatever it holds. */
export const commonHeaders: Readonly<Record<string, string>> = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "x-frame-options": "DENY",
};

/** The page with a fresh nonce, and the headers that belong to exactly this load. */
export function securePage(html: string): {
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
} {
  // Imported above, all of it would be loaded before the window's process has begun.
  const { randomBytes } = process.getBuiltinModule("node:crypto");
  const nonce = randomBytes(18).toString("base64url");
  return {
    html: html.replaceAll(noncePlaceholder, nonce),
    headers: {
      ...commonHeaders,
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": contentSecurityPolicy(nonce),
      "cache-control": "no-store",
    },
  };
}

const mediaTypes: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".woff": "font/woff",
};

/** The media type of a bundled file; undefined for a kind of file the bundle does not hold. */
export function bundledMediaType(file: string): string | undefined {
  return mediaTypes[path.extname(file).toLowerCase()];
}

/** Attachments that a page may show. Anything else is offered for saving, never opened. */
const shownTypes = new Set([
  "image/png",
  "image/jpeg",
  "image/gif",
  "image/webp",
  "image/avif",
  "image/svg+xml",
]);

/** Headers of an attachment: a picture is shown, anything else is only saved. */
export function attachmentHeaders(mediaType: string): Readonly<Record<string, string>> {
  const shown = shownTypes.has(mediaType);
  return {
    ...commonHeaders,
    "content-type": shown ? mediaType : "application/octet-stream",
    "content-disposition": shown ? "inline" : "attachment",
    "content-security-policy": inertPolicy,
    // Named by its hash, so it never changes.
    "cache-control": "private, max-age=31536000, immutable",
  };
}
