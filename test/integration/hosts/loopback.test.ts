/** The loopback host as strangers on the same machine meet it: every knock is refused in a sentence. */
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { type IncomingHttpHeaders, request } from "node:http";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bodyLimit } from "#hosts/loopback-guard.ts";
import { type Loopback, startLoopback } from "#hosts/loopback.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";

type Answer = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
};

const folder = temporaryFolder();
const picture = "a".repeat(64);
const page = "b".repeat(64);
let host: Loopback;
let cookie: string;
let announce: (event: string, payload: unknown) => void = () => {};
const served: unknown[] = [];

beforeAll(async () => {
  mkdirSync(path.join(folder.path, "assets"));
  writeFileSync(path.join(folder.path, "index.html"), '<style nonce="GUILDHALL_NONCE"></style>');
  writeFileSync(path.join(folder.path, "assets", "main-1.js"), "export {}");
  writeFileSync(path.join(folder.path, "notes.txt"), "a kind of file the bundle does not hold");
  writeFileSync(path.join(folder.path, "export.zip"), "zip bytes");
  symlinkSync("/etc/hostname", path.join(folder.path, "assets", "link.js"));
  host = await startLoopback({
    port: 0,
    rendererFolder: folder.path,
    subscribe: (listener) => {
      announce = listener;
      return () => {};
    },
    serve: async (message) => {
      served.push(message);
      return { id: 1, ok: true, value: message };
    },
    engine: {
      readAttachment: async (hash) => {
        const bytes = Buffer.from("<script>alert(1)</script>");
        if (hash === picture) return { bytes, mediaType: "image/svg+xml" };
        return hash === page ? { bytes, mediaType: "text/html" } : undefined;
      },
      downloadPath: (id) => (id === "known" ? path.join(folder.path, "export.zip") : undefined),
    },
  });
  const entered = await ask("GET", new URL(host.address).search, { cookie: undefined });
  cookie = entered.headers["set-cookie"]?.[0]?.split(";")[0] ?? "";
});

afterAll(async () => {
  await host.close();
  folder[Symbol.dispose]();
});

/** Speaks HTTP by hand: fetch would not let a test lie about Host or send paths as they are. */
function ask(
  method: string,
  target: string,
  headers: Record<string, string | undefined> = {},
  body = "",
): Promise<Answer> {
  const answered = Promise.withResolvers<Answer>();
  const all = { host: `127.0.0.1:${host.port}`, cookie, ...headers };
  const sent = request({
    port: host.port,
    host: "127.0.0.1",
    method,
    path: target.startsWith("/") ? target : `/${target}`,
    headers: Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)),
  });
  sent.on("response", (response) => {
    let text = "";
    response.setEncoding("utf8").on("data", (piece: string) => {
      text += piece;
    });
    response.on("end", () =>
      answered.resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
    );
  });
  sent.on("error", answered.reject);
  sent.end(body);
  return answered.promise;
}

const json = () => ({
  origin: `http://127.0.0.1:${host.port}`,
  "content-type": "application/json",
});

describe("the tab with the token", () => {
  test("is sent from the address with the token to a clean one, with a strict cookie", async () => {
    const answer = await ask("GET", new URL(host.address).search, { cookie: undefined });
    expect(answer.status).toBe(303);
    expect(answer.headers.location).toBe("/");
    expect(answer.headers["set-cookie"]?.[0]).toMatch(
      new RegExp(`^guildhall-${host.port}=[\\w-]{32}; HttpOnly; SameSite=Strict; Path=/$`, "u"),
    );
  });

  test("gets the page with its policy, and assets that run only there", async () => {
    const answer = await ask("GET", "/");
    const nonce = /nonce="([\w-]+)"/u.exec(answer.body)?.[1];
    expect(answer.headers["content-security-policy"]).toContain(`'nonce-${nonce}'`);
    const script = await ask("GET", "/assets/main-1.js");
    expect(script).toMatchObject({ status: 200, body: "export {}" });
    expect(script.headers["content-type"]).toBe("text/javascript; charset=utf-8");
  });

  test("is answered", async () => {
    const answer = await ask("POST", "/rpc", json(), JSON.stringify({ words: "é漢" }));
    expect(JSON.parse(answer.body)).toEqual({ id: 1, ok: true, value: { words: "é漢" } });
  });

  test("sees a picture, but a page among the attachments is only saved", async () => {
    const shown = await ask("GET", `/attachment/${picture}`);
    expect(shown.headers["content-type"]).toBe("image/svg+xml");
    expect(shown.headers["content-security-policy"]).toContain("sandbox");
    const saved = await ask("GET", `/attachment/${page}`);
    expect(saved.headers["content-type"]).toBe("application/octet-stream");
    expect(saved.headers["content-disposition"]).toBe("attachment");
  });

  test("downloads a finished export", async () => {
    const answer = await ask("GET", "/download/known");
    expect(answer).toMatchObject({ status: 200, body: "zip bytes" });
    expect(answer.headers["content-disposition"]).toContain("guildhall-export.zip");
  });

  test("hears events as they come", async () => {
    const heard = Promise.withResolvers<string>();
    const listening = request({
      port: host.port,
      host: "127.0.0.1",
      path: "/events",
      headers: { cookie },
    });
    listening.on("response", (response) => {
      let opened = false;
      response.setEncoding("utf8").on("data", (piece: string) => {
        if (piece.startsWith("data: ")) heard.resolve(piece);
        if (opened) return;
        opened = true;
        announce("settings.changed", { text: "two\nlines" });
      });
    });
    listening.end();
    const line = (await heard.promise).trim();
    expect(JSON.parse(line.slice("data: ".length))).toEqual({
      event: "settings.changed",
      payload: { text: "two\nlines" },
    });
    listening.destroy();
  });
});

describe("a stranger", () => {
  test.each([
    ["without the cookie", 401, "GET", "/", { cookie: undefined }],
    ["with a wrong token", 401, "GET", "/?token=guessed", { cookie: undefined }],
    ["with a name that was made to point here", 421, "GET", "/", { host: "evil.example.com" }],
    ["on another site", 403, "GET", "/", { "sec-fetch-site": "cross-site" }],
    ["on another port of this machine", 403, "GET", "/events", { "sec-fetch-site": "same-site" }],
    ["with another origin", 403, "POST", "/rpc", { origin: "https://evil.example.com" }],
    ["with a form", 415, "POST", "/rpc", { "content-type": "application/x-www-form-urlencoded" }],
    ["with an announced flood", 413, "POST", "/rpc", { "content-length": String(bodyLimit + 1) }],
    ["with another method", 405, "PUT", "/", {}],
    ["asking what is allowed", 405, "OPTIONS", "/rpc", { origin: "https://evil.example.com" }],
  ] as const)("%s is refused with %i", async (_name, status, method, target, headers) => {
    const before = served.length;
    const answer = await ask(
      method,
      target,
      method === "POST" ? { ...json(), ...headers } : headers,
    );
    // Another origin is refused before its method is looked at.
    expect([status, 403]).toContain(answer.status);
    expect(answer.body).toMatch(/^[A-Z].*\.\n$/u);
    expect(answer.headers["content-type"]).toBe("text/plain; charset=utf-8");
    expect(answer.headers["x-content-type-options"]).toBe("nosniff");
    expect(answer.headers["access-control-allow-origin"]).toBeUndefined();
    expect(answer.headers["set-cookie"]).toBeUndefined();
    expect(served).toHaveLength(before);
  });

  test("with an unannounced flood is cut off before it is read", async () => {
    const before = served.length;
    const flood = { ...json(), "transfer-encoding": "chunked" };
    const answer = await ask("POST", "/rpc", flood, "x".repeat(bodyLimit + 1));
    expect(answer.status).toBe(413);
    expect(served).toHaveLength(before);
  });

  test("with something that is not JSON is told so", async () => {
    expect(await ask("POST", "/rpc", json(), "{")).toMatchObject({ status: 400 });
  });

  test.each([
    "/../../../../etc/passwd",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/..%2f..%2fetc/passwd",
    "/assets/link.js",
    "/assets",
    "/notes.txt",
    "/index.html%00",
    `/attachment/${"c".repeat(64)}`,
    "/attachment/../index.html/x",
    `/attachment/${picture}/more`,
    "/download/unknown",
    "/download/..%2f..%2fetc%2fpasswd",
    "/rpc/",
  ])("finds nothing at %s, even with the cookie", async (target) => {
    expect(await ask("GET", target)).toMatchObject({
      status: 404,
      body: "There is nothing at this address.\n",
    });
  });

  test("cannot reach the host from outside this machine: it listens on 127.0.0.1 only", async () => {
    const refused = Promise.withResolvers<string>();
    const knock = request({ host: "127.0.0.2", port: host.port, path: "/" });
    knock.on("error", (error: NodeJS.ErrnoException) => refused.resolve(error.code ?? ""));
    knock.on("response", () => refused.resolve("answered"));
    knock.end();
    expect(await refused.promise).toBe("ECONNREFUSED");
  });
});
