/** Events for browser tabs as server-sent events: one JSON announcement in each. */
import type { ServerResponse } from "node:http";
import { commonHeaders } from "./page-security.ts";

export type EventStream = {
  /** Keeps the response open and sends it every event from now on. */
  readonly add: (response: ServerResponse) => void;
  readonly close: () => void;
};

/** A comment line in this rhythm keeps idle connections from being taken for dead ones. */
const heartbeat = 20_000;

/** A tab that reads more slowly than this many unsent bytes is cut off and connects afresh. */
const backlogLimit = 4_000_000;

/** Starts to listen to the engine; `close` ends every tab's stream. */
export function createEventStream(
  subscribe: (announce: (event: string, payload: unknown) => void) => () => void,
): EventStream {
  const tabs = new Set<ServerResponse>();
  const unsubscribe = subscribe((event, payload) => {
    send(`data: ${JSON.stringify({ event, payload })}\n\n`);
  });
  const timer = setInterval(() => {
    send(": still here\n\n");
  }, heartbeat);

  function send(text: string): void {
    for (const tab of tabs) {
      if (tab.writableLength > backlogLimit) tab.destroy();
      else tab.write(text);
    }
  }

  return {
    add: (response) => {
      response.writeHead(200, {
        ...commonHeaders,
        "content-type": "text/event-stream",
        "cache-control": "no-store",
      });
      response.write(": connected\n\n");
      tabs.add(response);
      response.on("close", () => tabs.delete(response));
    },
    close: () => {
      clearInterval(timer);
      unsubscribe();
      for (const tab of tabs) tab.end();
    },
  };
}
