/**
 * The engine for a browser tab: the same page and the same contract over HTTP on 127.0.0.1. It is
 * not a server for other machines, and only the tab that knows this start's token is answered.
 */
import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createEventStream, type EventStream } from "./event-stream.ts";
import { type Answering, answerFile } from "./loopback-files.ts";
import { answerCall } from "./loopback-call.ts";
import { createGuard, type Guard, type Refusal } from "./loopback-guard.ts";
import { commonHeaders, inertPolicy } from "./page-security.ts";

type LoopbackOptions = Answering & {
  /** 0 takes any free port. */
  readonly port: number;
  readonly subscribe: (announce: (event: string, payload: unknown) => void) => () => void;
};

export type Loopback = {
  /** The address to open, token included. */
  readonly address: string;
  readonly port: number;
  readonly close: () => Promise<void>;
};

/** Starts to listen. Rejects with the system's error when the port is taken. */
export async function startLoopback(options: LoopbackOptions): Promise<Loopback> {
  const token = randomBytes(24).toString("base64url");
  const stream = createEventStream(options.subscribe);
  const server = createServer({ requestTimeout: 60_000 });
  const port = await listen(server, options.port);
  const guard = createGuard(port, token);
  server.on("request", (request, response) => {
    void answer({ request, response, guard, stream, options }).catch(() => {
      // The tab went away in the middle of an answer: there is nobody left to tell.
      response.destroy();
    });
  });
  return {
    address: `http://127.0.0.1:${port}/?token=${token}`,
    port,
    close: async () => {
      stream.close();
      const closed = Promise.withResolvers<void>();
      server.close(() => {
        closed.resolve();
      });
      server.closeAllConnections();
      await closed.promise;
    },
  };
}

type Exchange = {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly guard: Guard;
  readonly stream: EventStream;
  readonly options: LoopbackOptions;
};

async function answer(exchange: Exchange): Promise<void> {
  const { request, response, guard, stream, options } = exchange;
  const url = new URL(request.url ?? "/", "http://127.0.0.1");
  const verdict = guard.judge({
    method: request.method ?? "",
    path: url.pathname,
    headers: request.headers,
    token: url.searchParams.get("token"),
  });
  if (verdict === "enter") {
    response.writeHead(303, { ...commonHeaders, "set-cookie": guard.cookie, location: "/" }).end();
  } else if (verdict !== "pass") {
    refuse(request, response, verdict);
  } else if (url.pathname === "/rpc") {
    const refusal = await answerCall(request, response, options.serve);
    if (refusal !== undefined) refuse(request, response, refusal);
  } else if (url.pathname === "/events") {
    stream.add(response);
  } else if (!(await answerFile(url.pathname, response, options))) {
    refuse(request, response, { status: 404, sentence: "There is nothing at this address." });
  }
}

/** Ends the exchange with a sentence; what the other side still sends is not read. */
function refuse(request: IncomingMessage, response: ServerResponse, refusal: Refusal): void {
  response
    .writeHead(refusal.status, {
      ...commonHeaders,
      "content-type": "text/plain; charset=utf-8",
      "content-security-policy": inertPolicy,
      "cache-control": "no-store",
      connection: "close",
    })
    .end(`${refusal.sentence}\n`);
  request.resume();
}

async function listen(server: Server, port: number): Promise<number> {
  const listening = Promise.withResolvers<void>();
  server.once("error", listening.reject);
  server.listen(port, "127.0.0.1", listening.resolve);
  await listening.promise;
  server.off("error", listening.reject);
  return portOf(server.address());
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return address.port;
}
