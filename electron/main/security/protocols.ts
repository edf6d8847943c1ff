/**
 * What the page's addresses lead to: the bundle under guildhall://app, attachments and exports
 * under guildhall-asset://. Nothing is ever read from file:.
 */
import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import type { CustomScheme, Protocol } from "electron";
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
  // Node loads its fetch classes with the first of them: now, while the window's process comes up.
  setImmediate(() => new Response(null));
  protocol.handle(appScheme, (request) => answerPage(request.url));
  protocol.handle(assetScheme, (request) => answerAsset(request.url, source));
  protocol.handle("file", () => new Response(null, { status: 403 }));
}

async function answerPage(address: string): Promise<Response> {
  if (!isAppAddress(address)) return notFound();
  const file = resolveAsset(rendererFolder, new URL(address).pathname);
  const mediaType = file === undefined ? undefined : bundledMediaType(file);
  if (file === undefined || mediaType === undefined) return notFound();
  if (path.basename(file) === "index.html") {
    const page = securePage(await readFile(file, "utf8"));
    return new Response(page.html, { headers: { ...page.headers } });
  }
  const headers = {
    ...commonHeaders,
    "content-type": mediaType,
    "content-security-policy": inertPolicy,
  };
  return new Response(await readFile(file), { headers });
}

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

function notFound(): Response {
  return new Response("There is nothing at this address.\n", {
    status: 404,
    headers: { ...commonHeaders, "content-type": "text/plain; charset=utf-8" },
  });
}
