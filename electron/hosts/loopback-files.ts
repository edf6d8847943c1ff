/** What a browser tab fetches besides calls: the page, its assets, attachments, finished exports. */
import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { downloadName } from "./download-name.ts";
import type { Engine } from "#engine/engine.ts";
import type { Serve } from "#shared/rpc/server.ts";
import {
  attachmentHeaders,
  bundledMediaType,
  commonHeaders,
  inertPolicy,
  securePage,
} from "./page-security.ts";
import { resolveAsset } from "./resolve-asset.ts";

/** What the loopback host answers from. */
export type Answering = {
  readonly engine: Pick<Engine, "readAttachment" | "downloadPath">;
  readonly serve: Serve;
  readonly rendererFolder: string;
};

/** Answers a GET; false when nothing lies at the path. */
export async function answerFile(
  pathname: string,
  response: ServerResponse,
  { engine, rendererFolder }: Answering,
): Promise<boolean> {
  const [, place, name, ...rest] = pathname.split("/");
  if (place === "attachment") {
    return rest.length === 0 && answerAttachment(name ?? "", response, engine);
  }
  if (place === "download") {
    return rest.length === 0 && answerDownload(name ?? "", response, engine);
  }
  return answerAsset(resolveAsset(rendererFolder, pathname), response);
}

async function answerAsset(file: string | undefined, response: ServerResponse): Promise<boolean> {
  const mediaType = file === undefined ? undefined : bundledMediaType(file);
  if (file === undefined || mediaType === undefined) return false;
  if (!(await stat(file)).isFile()) return false;
  if (path.basename(file) === "index.html") {
    const page = securePage(await readFile(file, "utf8"));
    response.writeHead(200, page.headers).end(page.html);
    return true;
  }
  response
    .writeHead(200, {
      ...commonHeaders,
      "content-type": mediaType,
      "content-security-policy": inertPolicy,
      // Hashed names never change their content; the others are few and small.
      "cache-control": file.includes(`${path.sep}assets${path.sep}`)
        ? "private, max-age=31536000, immutable"
        : "no-cache",
    })
    .end(await readFile(file));
  return true;
}

async function answerAttachment(
  hash: string,
  response: ServerResponse,
  engine: Answering["engine"],
): Promise<boolean> {
  if (!/^[0-9a-f]{64}$/u.test(hash)) return false;
  const attachment = await engine.readAttachment(hash);
  if (attachment === undefined) return false;
  response.writeHead(200, attachmentHeaders(attachment.mediaType)).end(attachment.bytes);
  return true;
}

async function answerDownload(
  id: string,
  response: ServerResponse,
  engine: Answering["engine"],
): Promise<boolean> {
  const file = engine.downloadPath(id);
  if (file === undefined) return false;
  const { size } = await stat(file);
  response.writeHead(200, {
    ...commonHeaders,
    "content-type": "application/zip",
    "content-length": size,
    "content-disposition": `attachment; filename="${downloadName(file)}"`,
    "content-security-policy": inertPolicy,
    "cache-control": "no-store",
  });
  await pipeline(createReadStream(file), response);
  return true;
}
