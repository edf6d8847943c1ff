import { describe, expect, test } from "vitest";
import { z } from "zod";
import { createClient } from "#shared/rpc/client.ts";
import { command, type Handlers, query } from "#shared/rpc/define.ts";
import { callPort, type Port, servePort } from "#shared/rpc/port.ts";
import { createServer } from "#shared/rpc/server.ts";
import { ExpectedFailure, RpcFault } from "#shared/rpc/wire.ts";

const contract = {
  sums: {
    add: query(
      () => z.strictObject({ a: z.number(), b: z.number() }),
      () => z.number(),
    ),
    divide: command(
      () => z.strictObject({ a: z.number(), b: z.number() }),
      () => z.object({ quotient: z.number() }),
    ),
  },
};

const handlers: Handlers<typeof contract> = {
  sums: {
    add: ({ a, b }) => a + b,
    divide: ({ a, b }) => {
      if (b === 0) throw new ExpectedFailure("by_zero", "Nothing can be divided by zero.", { a });
      if (a < 0) throw new TypeError("secret detail of a bug");
      return { quotient: a / b };
    },
  },
};

function build() {
  const bugs: unknown[] = [];
  const serve = createServer(contract, handlers, { onInternalError: (error) => bugs.push(error) });
  return { bugs, serve, client: createClient(contract, serve) };
}

async function faultOf(call: Promise<unknown>) {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof RpcFault)) throw new Error(`expected a fault, got ${String(error)}`);
  return error.fault;
}

describe("a call", () => {
  test("reaches its handler and brings the value back", async () => {
    const { client } = build();
    expect(await client.sums.add({ a: 2, b: 3 })).toBe(5);
  });

  test("with a wrong or an unforeseen input is refused, and the field is named", async () => {
    const { serve } = build();
    const wrong = await serve({ id: 1, group: "sums", method: "add", input: { a: "2", b: 3 } });
    expect(wrong).toMatchObject({ ok: false, fault: { kind: "refused" } });
    expect(JSON.stringify(wrong)).toContain("a:");
    const extra = await serve({ id: 2, group: "sums", method: "add", input: { a: 2, b: 3, c: 4 } });
    expect(extra).toMatchObject({ id: 2, ok: false, fault: { kind: "refused" } });
  });

  test("whose input nests deeper than any program can follow is answered like any other", async () => {
    const nested = {
      sums: {
        keep: command(
          () => z.json(),
          () => z.object({}),
        ),
      },
    };
    const serve = createServer(
      nested,
      { sums: { keep: () => ({}) } },
      { onInternalError: () => {} },
    );
    let input: unknown = 1;
    for (let depth = 0; depth < 100_000; depth += 1) input = [input];
    const answer = await serve({ id: 1, group: "sums", method: "keep", input });
    expect(answer).toMatchObject({ id: 1, ok: false });
  });

  test("to a procedure that does not exist is answered as unknown, inherited names included", async () => {
    const { serve } = build();
    for (const method of ["multiply", "constructor", "__proto__"]) {
      const answer = await serve({ id: 3, group: "sums", method, input: {} });
      expect(answer).toMatchObject({ ok: false, fault: { kind: "unknown" } });
    }
  });

  test("that fails as foreseen carries its code, its sentence and its details", async () => {
    const { client, bugs } = build();
    const fault = await faultOf(client.sums.divide({ a: 1, b: 0 }));
    expect(fault).toMatchObject({ kind: "expected", code: "by_zero", details: { a: 1 } });
    expect(bugs).toEqual([]);
  });

  test("that meets a bug is logged whole and shown without its details", async () => {
    const { client, bugs } = build();
    const fault = await faultOf(client.sums.divide({ a: -1, b: 2 }));
    expect(fault.kind).toBe("internal");
    expect(fault.message).not.toContain("secret");
    expect(bugs).toHaveLength(1);
  });

  test("that is no request at all is refused", async () => {
    const { serve } = build();
    for (const message of [null, "hello", { id: -1 }, { id: 1, group: "sums" }]) {
      expect(await serve(message)).toMatchObject({ ok: false, fault: { kind: "refused" } });
    }
  });
});

describe("a message port", () => {
  test("carries answers to the right callers and events to the listener", async () => {
    const { serve } = build();
    const [here, there] = portPair();
    const heard: unknown[] = [];
    const announce = servePort(there, serve);
    const caller = callPort(here, (event, payload) => heard.push([event, payload]));
    const client = createClient(contract, caller.send);
    const sums = await Promise.all([
      client.sums.add({ a: 1, b: 1 }),
      client.sums.add({ a: 2, b: 2 }),
    ]);
    announce("rain", { mm: 3 });
    expect(sums).toEqual([2, 4]);
    expect(heard).toEqual([["rain", { mm: 3 }]]);
  });

  test("that closes fails every open call as gone", async () => {
    const [here] = portPair();
    const caller = callPort(here, () => undefined);
    const open = createClient(contract, caller.send).sums.add({ a: 1, b: 1 });
    caller.close("The engine stopped.");
    expect(await faultOf(open)).toMatchObject({ kind: "gone", message: "The engine stopped." });
  });
});

function portPair(): readonly [Port, Port] {
  const listeners: ((message: unknown) => void)[] = [];
  const end = (mine: number, other: number): Port => ({
    post: (message) => listeners[other]?.(structuredClone(message)),
    listen: (onMessage) => {
      listeners[mine] = onMessage;
    },
  });
  return [end(0, 1), end(1, 0)];
}
