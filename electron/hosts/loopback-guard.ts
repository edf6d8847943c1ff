/**
 * Who may speak to the loopback host: the browser tab that was opened with this start's token, and
 * nobody else on the machine or in the same browser. Pure; refusals are plain sentences.
 */
import { createHash, timingSafeEqual } from "node:crypto";

/** The parts of a request that decide. `path` is the address's path without its query. */
export type Visit = {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The token in the address, where there is one. */
  readonly token: string | null;
};

export type Refusal = { readonly status: number; readonly sentence: string };

export type Guard = {
  /** `enter`: the token in the address is right, give the cookie and the address without it. */
  readonly judge: (visit: Visit) => "pass" | "enter" | Refusal;
  readonly cookie: string;
};

/** One request body: the largest attachment in base64 and its envelope. */
export const bodyLimit = 37_000_000;

/** Makes the guard of one start. The cookie is named with the port: cookies do not know ports. */
export function createGuard(port: number, token: string): Guard {
  const host = `127.0.0.1:${port}`;
  const cookieName = `guildhall-${port}`;

  function judge(visit: Visit): "pass" | "enter" | Refusal {
    const refusal = checkOrigin(visit, host) ?? checkMethod(visit);
    if (refusal !== undefined) return refusal;
    if (visit.token !== null && visit.method === "GET" && visit.path === "/") {
      return sameSecret(visit.token, token) ? "enter" : wrongToken;
    }
    const cookie = readCookie(single(visit.headers.cookie) ?? "", cookieName);
    if (cookie === undefined || !sameSecret(cookie, token)) return wrongToken;
    return visit.method === "POST" ? (checkBody(visit) ?? "pass") : "pass";
  }

  return {
    judge,
    cookie: `${cookieName}=${token}; HttpOnly; SameSite=Strict; Path=/`,
  };
}

const wrongToken: Refusal = {
  status: 401,
  sentence:
    "This address needs the token of this start. Open the whole address that Guildhall printed when it started.",
};

/** Another site, another port, or a name that was made to point here: none of them is the tab. */
function checkOrigin({ headers }: Visit, host: string): Refusal | undefined {
  if (single(headers.host) !== host) {
    return { status: 421, sentence: `Guildhall answers only at http://${host}/ on this machine.` };
  }
  const origin = headers.origin;
  if (origin !== undefined && single(origin) !== `http://${host}`) {
    return { status: 403, sentence: "Another site may not speak to Guildhall." };
  }
  const site = headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin" && site !== "none") {
    return {
      status: 403,
      sentence:
        "Guildhall was asked by another page. Open its address in a new tab, by hand or from the line it printed.",
    };
  }
  return undefined;
}

function checkMethod({ method, path }: Visit): Refusal | undefined {
  const wanted = path === "/rpc" ? "POST" : "GET";
  if (method === wanted) return undefined;
  return { status: 405, sentence: `This address answers ${wanted} requests only.` };
}

function checkBody({ headers }: Visit): Refusal | undefined {
  // A form of another page cannot send JSON with this content type, nor an Origin of ours.
  if (headers.origin === undefined) {
    return { status: 403, sentence: "A call has to say which page it comes from." };
  }
  const type = single(headers["content-type"]) ?? "";
  if (!/^application\/json(?:;\s*charset=utf-8)?$/iu.test(type)) {
    return { status: 415, sentence: "A call has to be sent as application/json." };
  }
  const length = Number(single(headers["content-length"]) ?? "0");
  return length > bodyLimit ? tooLarge : undefined;
}

/** The answer to a body over the limit, announced or not. */
export const tooLarge: Refusal = {
  status: 413,
  sentence: "This call is larger than Guildhall accepts. Attach smaller files.",
};

/** Compares hashes, so that neither length nor content shows in the time it takes. */
function sameSecret(given: string, expected: string): boolean {
  return timingSafeEqual(sha256(given), sha256(expected));
}

function sha256(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

function readCookie(header: string, name: string): string | undefined {
  const found = header
    .split(";")
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith(`${name}=`));
  return found?.slice(name.length + 1);
}

function single(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}
