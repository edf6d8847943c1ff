/** Who the loopback host answers: the tab with this start's token, and nobody else. */
import { describe, expect, test } from "vitest";
import { bodyLimit, createGuard, type Visit } from "#hosts/loopback-guard.ts";

const token = "a-token-of-this-start";
const guard = createGuard(4100, token);
const cookie = `guildhall-4100=${token}`;
const host = "127.0.0.1:4100";
const origin = `http://${host}`;

const call: Visit = {
  method: "POST",
  path: "/rpc",
  token: null,
  headers: {
    host,
    origin,
    cookie,
    "sec-fetch-site": "same-origin",
    "content-type": "application/json",
    "content-length": "20",
  },
};
const page: Visit = { method: "GET", path: "/", token: null, headers: { host, cookie } };

function withHeaders(visit: Visit, headers: Visit["headers"]): Visit {
  return { ...visit, headers: { ...visit.headers, ...headers } };
}

describe("who is let in", () => {
  test("a first visit with the token gets the cookie and a clean address", () => {
    expect(guard.judge({ method: "GET", path: "/", token, headers: { host } })).toBe("enter");
    expect(guard.cookie).toBe(`${cookie}; HttpOnly; SameSite=Strict; Path=/`);
  });

  test.each([
    ["the page", page],
    ["the page, typed by hand", withHeaders(page, { "sec-fetch-site": "none" })],
    ["a call", call],
    [
      "a call with its charset",
      withHeaders(call, { "content-type": "application/json; charset=utf-8" }),
    ],
    ["a call among other cookies", withHeaders(call, { cookie: `a=b; ${cookie}; c=d` })],
    ["events", { ...page, path: "/events" }],
  ] satisfies [string, Visit][])("%s", (_name, visit) => {
    expect(guard.judge(visit)).toBe("pass");
  });
});

describe("who is refused", () => {
  test.each([
    ["no cookie", 401, withHeaders(page, { cookie: undefined })],
    ["a wrong token in the address", 401, { ...page, token: "another" }],
    ["a right cookie with a wrong token in the address", 401, { ...page, token: "" }],
    ["a wrong cookie", 401, withHeaders(call, { cookie: "guildhall-4100=another" })],
    ["the cookie of another port", 401, withHeaders(call, { cookie: `guildhall-4101=${token}` })],
    [
      "a token in the address of a call",
      401,
      { ...withHeaders(call, { cookie: undefined }), token },
    ],
    ["another host's name", 421, withHeaders(page, { host: "guildhall.example.com:4100" })],
    ["localhost by name", 421, withHeaders(page, { host: "localhost:4100" })],
    ["another port", 421, withHeaders(page, { host: "127.0.0.1:4101" })],
    ["no host", 421, withHeaders(page, { host: undefined })],
    ["another origin", 403, withHeaders(call, { origin: "https://example.com" })],
    ["a page on another port", 403, withHeaders(call, { origin: "http://127.0.0.1:4101" })],
    ["an opaque origin", 403, withHeaders(call, { origin: "null" })],
    ["a call without an origin", 403, withHeaders(call, { origin: undefined })],
    ["another site", 403, withHeaders(page, { "sec-fetch-site": "cross-site" })],
    ["the same site on another port", 403, withHeaders(call, { "sec-fetch-site": "same-site" })],
    ["a form's content type", 415, withHeaders(call, { "content-type": "text/plain" })],
    ["no content type", 415, withHeaders(call, { "content-type": undefined })],
    ["a body over the limit", 413, withHeaders(call, { "content-length": String(bodyLimit + 1) })],
    ["a call by GET", 405, { ...call, method: "GET" }],
    ["a page by POST", 405, { ...page, method: "POST" }],
    ["a page by OPTIONS", 405, { ...page, method: "OPTIONS" }],
  ] satisfies [string, number, Visit][])("%s: %i", (_name, status, visit) => {
    const verdict = guard.judge(visit);
    expect(verdict).toMatchObject({ status });
    expect(verdict).toHaveProperty("sentence", expect.stringMatching(/^[A-Z].*\.$/u));
  });
});
