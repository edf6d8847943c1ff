/** A stranger's web server on this machine: it serves a hostile page and notes who came. */
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

export type Visitor = {
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
};

export type Trap = {
  /** `http://127.0.0.1:<port>`: to a browser the same site as Guildhall, on another port. */
  readonly origin: string;
  readonly visitors: readonly Visitor[];
  readonly close: () => Promise<void>;
};

/** Answers everything with the page. */
export async function setTrap(html = "<!doctype html><title>A trap</title>"): Promise<Trap> {
  const visitors: Visitor[] = [];
  const server = createServer((request, response) => {
    visitors.push({ path: request.url ?? "", headers: request.headers });
    response
      .writeHead(200, { "content-type": "text/html", "access-control-allow-origin": "*" })
      .end(html);
  });
  const listening = Promise.withResolvers<void>();
  server.listen(0, "127.0.0.1", listening.resolve);
  await listening.promise;
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    visitors,
    close: () => {
      const closed = Promise.withResolvers<void>();
      server.closeAllConnections();
      server.close(() => closed.resolve());
      return closed.promise;
    },
  };
}
