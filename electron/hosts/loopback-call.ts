/** One call of the contract as an HTTP exchange: JSON in, JSON out. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Serve } from "#shared/rpc/server.ts";
import { bodyLimit, type Refusal, tooLarge } from "./loopback-guard.ts";
import { commonHeaders } from "./page-security.ts";

/** Answers the call, or says why it was not even read. Faults of the call itself are answers. */
export async function answerCall(
  request: IncomingMessage,
  response: ServerResponse,
  serve: Serve,
): Promise<Refusal | undefined> {
  const body = await readBody(request);
  if (body === undefined) return tooLarge;
  const message = parseJson(body);
  if (message === undefined) return { status: 400, sentence: "The call is not valid JSON." };
  const answer = JSON.stringify(await serve(message.value));
  response
    .writeHead(200, {
      ...commonHeaders,
      "content-type": "application/json; charset=utf-8",
      "cache-control": "no-store",
    })
    .end(answer);
  return undefined;
}

/** The whole body as text; undefined as soon as it passes the limit, whatever was announced. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of request) {
    if (!Buffer.isBuffer(piece)) continue;
    length += piece.length;
    if (length > bodyLimit) return undefined;
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString("utf8");
}

function parseJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    // Not JSON: the caller answers with a sentence.
    return undefined;
  }
}
