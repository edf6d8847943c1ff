/** The headers of pages and attachments. */
import { describe, expect, test } from "vitest";
import { attachmentHeaders, contentSecurityPolicy, securePage } from "#hosts/page-security.ts";
import { noncePlaceholder } from "#build/vite-targets.ts";

describe("a page", () => {
  test("its policy allows its own files and nothing else", () => {
    expect(contentSecurityPolicy("abc").split("; ")).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self' 'nonce-abc'",
      "img-src 'self' guildhall-asset: data:",
      "font-src 'self'",
      "connect-src 'self'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "require-trusted-types-for 'script'",
    ]);
  });

  test("each load has a nonce of its own, in the page and in the header alike", () => {
    const [first, second] = [securePage(`<p>${noncePlaceholder}`), securePage(noncePlaceholder)];
    const nonce = first.html.slice("<p>".length);
    expect(nonce).toMatch(/^[\w-]{24}$/u);
    expect(first.headers["content-security-policy"]).toContain(`'nonce-${nonce}'`);
    expect(second.html).not.toBe(nonce);
    expect(first.headers).toMatchObject({
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
    });
  });
});

describe("an attachment", () => {
  test.each([
    ["image/png", "image/png", "inline"],
    ["image/svg+xml", "image/svg+xml", "inline"],
    ["text/html", "application/octet-stream", "attachment"],
    ["application/pdf", "application/octet-stream", "attachment"],
    ["text/javascript", "application/octet-stream", "attachment"],
  ])("%s is served as %s, %s", (mediaType, served, disposition) => {
    const headers = attachmentHeaders(mediaType);
    expect(headers["content-type"]).toBe(served);
    expect(headers["content-disposition"]).toBe(disposition);
    expect(headers["content-security-policy"]).toMatch(/default-src 'none'.*sandbox/u);
  });
});
