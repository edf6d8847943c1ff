/**
 * What the page's addresses lead to: the bundle under guildhall://app, attachments and exports
 * under guildhall-asset://. Nothing is ever read from file:.
 */
import { createReadStream, readFileSync } from "node:fs";
import { stat } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import type { CustomScheme, Protocol, ProtocolResponse } from "electron";
import { downloadName } from "#hosts/download-name.ts";
import { rendererFolder } from "#hosts/app-folders.ts";
import {
  attachmentHeaders,
  bundledMediaType,
  commonHeaders,
  inertPolicy,
  securePage,
} from "#hosts/page-security.ts";
import { resolveAsset } from "#hosts/resolve-asset.ts";
import { appScheme, assetScheme, isAppAddress } from "./app-address.ts";

/** To be registered before the app is ready. */
export const schemes: readonly CustomScheme[] = [
  {
    scheme: appScheme,
    privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
  },
  { scheme: assetScheme, privileges: { standard: true, secure: true, stream: true } },
];

/** Where attachments and exports come from: the engine. */
export type AssetSource = {
  readonly readAttachment: (
    hash: string,
  ) => Promise<{ readonly bytes: Uint8Array; readonly mediaType: string } | null>;
  readonly downloadPath: (id: string) => Promise<string | null>;
};

/** Answers both schemes and refuses file:. */
export function handleProtocols(protocol: Protocol, source: AssetSource): void {
  // What `handle` passes on are Node's fetch classes, which take 90 ms of processor time to load:
  // more than all else that this process does before the window shows its page.
  protocol.registerBufferProtocol(appScheme, ({ url }, answer) => {
    answer(answerPage(url));
  });
  protocol.handle(assetScheme, (request) => answerAsset(request.url, source));
  protocol.handle("file", () => new Response(null, { status: 403 }));
}

/** Chromium's net::ERR_FAILED: the file is there and cannot be read. */
const failed = -2;

function answerPage(address: string): ProtocolResponse {
  try {
    return pageAt(address);
  } catch {
    return { error: failed };
  }
}

/** A bundled file is read at once: the page waits for each, and a read in the background takes longer. */
function pageAt(address: string): ProtocolResponse {
  const file = isAppAddress(address)
    ? resolveAsset(rendererFolder, new URL(address).pathname)
    : undefined;
  const mediaType = file === undefined ? undefined : bundledMediaType(file);
  if (file === undefined || mediaType === undefined) {
    return { statusCode: 404, headers: textHeaders, data: Buffer.from(nothingHere) };
  }
  if (path.basename(file) === "index.html") {
    const page = securePage(readFileSync(file, "utf8"));
    return { headers: { ...page.headers, ...openerPolicy }, data: Buffer.from(page.html) };
  }
  const headers = {
    ...commonHeaders,
    "content-type": mediaType,
    "content-security-policy": inertPolicy,
  };
  return { headers, data: readFileSync(file) };
}

/**
 * The policy of a browser tab parts a page from those that open it and that it opens. Nothing opens
 * windows here, and Chromium would throw the page's first process away for it and start another,
 * which takes 30 ms of each start.
 */
const openerPolicy = { "cross-origin-opener-policy": "unsafe-none" } as const;

async function answerAsset(address: string, source: AssetSource): Promise<Response> {
  const { hostname, pathname } = new URL(address);
  const name = pathname.slice(1);
  if (hostname === "attachment" && /^[0-9a-f]{64}$/u.test(name)) {
    const found = await source.readAttachment(name);
    if (found === null) return notFound();
    return new Response(new Uint8Array(found.bytes), {
      headers: shared(attachmentHeaders(found.mediaType)),
    });
  }
  if (hostname === "download" && /^[\w-]{1,100}$/u.test(name)) {
    const file = await source.downloadPath(name);
    return file === null ? notFound() : download(file);
  }
  return notFound();
}

async function download(file: string): Promise<Response> {
  const { size } = await stat(file);
  const headers = {
    ...commonHeaders,
    "content-type": "application/zip",
    "content-length": String(size),
    "content-disposition": `attachment; filename="${downloadName(file)}"`,
  };
  return new Response(Readable.toWeb(createReadStream(file)), { headers });
}

/** The pages have another origin than their attachments, and may show them. */
function shared(headers: Readonly<Record<string, string>>): Record<string, string> {
  return { ...headers, "cross-origin-resource-policy": "cross-origin" };
}

const nothingHere = "There is nothing at this address.\n";
const textHeaders = { ...commonHeaders, "content-type": "text/plain; charset=utf-8" };

function notFound(): Response {
  return new Response(nothingHere, { status: 404, headers: textHeaders });
}
