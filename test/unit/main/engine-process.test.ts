/** The engine's process comes back after a crash, gives up in the end, and is closed in order. */
import { describe, expect, test } from "vitest";
import { engineControl } from "#hosts/engine-control.ts";
import { splitPort } from "#hosts/lanes.ts";
import type { EngineChild } from "#main/engine-child.ts";
import { createEngineProcess, type EngineNotice } from "#main/engine-process.ts";
import { type Port, servePort } from "#shared/rpc/port.ts";
import { createServer } from "#shared/rpc/server.ts";
import { ExpectedFailure } from "#shared/rpc/wire.ts";

/** An engine process that does as it is told; `window` ports are plain names. */
function createStub(behaviour: { readonly refuses?: string; readonly hangs?: boolean } = {}) {
  const [near, far] = portPair();
  const windows: string[] = [];
  let exit: (code: number) => void = () => {};
  let killed = false;
  let closed = false;
  const nothing = () => Promise.reject(new Error("not part of this test"));
  const server = createServer(
    engineControl,
    {
      engine: {
        start: () => {
          if (behaviour.refuses !== undefined) {
            throw new ExpectedFailure("not_opened", behaviour.refuses);
          }
          return {};
        },
        close: async () => {
          if (behaviour.hangs) await new Promise(() => {});
          closed = true;
          return {};
        },
        attention: nothing,
        offerSelection: nothing,
        readAttachment: nothing,
        downloadPath: () => ({ path: "/an/export.zip" }),
      },
    },
    { onInternalError: () => {} },
  );
  servePort(splitPort(far).lane("engine"), server);
  const child: EngineChild<string> = {
    port: near,
    openWindow: (port) => void windows.push(port),
    onExit: (call) => {
      exit = call;
    },
    onLine: () => {},
    kill: () => {
      killed = true;
    },
  };
  return {
    child,
    windows,
    crash: (code = 1) => {
      exit(code);
    },
    state: () => ({ killed, closed }),
  };
}

function portPair(): readonly [Port, Port] {
  const listeners: ((message: unknown) => void)[] = [];
  const end = (own: number, other: number): Port => ({
    post: (message) => {
      queueMicrotask(() => listeners[other]?.(structuredClone(message)));
    },
    listen: (onMessage) => {
      listeners[own] = onMessage;
    },
  });
  return [end(0, 1), end(1, 0)];
}

/** The engine process over stubs, with a clock and pauses that the test moves on. */
function setUp(...behaviours: readonly { readonly refuses?: string; readonly hangs?: boolean }[]) {
  const stubs: ReturnType<typeof createStub>[] = [];
  const notices: EngineNotice[] = [];
  const pauses: { readonly milliseconds: number; readonly pass: () => void }[] = [];
  let now = 0;
  const engine = createEngineProcess<string>({
    spawn: () => {
      const stub = createStub(behaviours[stubs.length]);
      stubs.push(stub);
      return stub.child;
    },
    profile: "/profile",
    keyStore: false,
    services: {
      keyStore: { wrap: ({ bytes }) => ({ bytes }), unwrap: ({ bytes }) => ({ bytes }) },
      input: { readAll: () => ({ bytes: new Uint8Array() }) },
    },
    announce: (notice) => void notices.push(notice),
    logger: { info: () => {}, warn: () => {}, error: () => {} },
    now: () => now,
    wait: (milliseconds, pass) => void pauses.push({ milliseconds, pass }),
  });
  return {
    engine,
    stubs,
    notices,
    pauses,
    pass: (milliseconds: number) => {
      now += milliseconds;
    },
    /** Lets messages that are on their way arrive. */
    settle: () => new Promise((resolve) => setImmediate(resolve)),
  };
}

describe("the engine's process", () => {
  test("answers control calls once it runs", async () => {
    const { engine } = setUp();
    const control = await engine.control();
    expect(await control.downloadPath({ id: "1" })).toEqual({ path: "/an/export.zip" });
  });

  test("comes back after a crash with growing pauses, and the fifth in a row ends it", async () => {
    const { stubs, notices, pauses, settle } = setUp();
    for (let crashes = 0; crashes < 5; crashes += 1) {
      await settle();
      stubs.at(-1)?.crash();
      pauses[crashes]?.pass();
    }
    expect(pauses.map(({ milliseconds }) => milliseconds)).toEqual([200, 1000, 4000, 15_000]);
    expect(stubs).toHaveLength(5);
    expect(notices.at(-1)).toMatchObject({ state: "stopped" });
    expect(notices.filter(({ state }) => state === "ready")).toHaveLength(4);
    expect(notices.filter(({ state }) => state === "restarting")).toHaveLength(4);
  });

  test("a long good life makes the next crash a first one", async () => {
    const { stubs, pauses, pass, settle } = setUp();
    for (let crashes = 0; crashes < 6; crashes += 1) {
      await settle();
      pass(60_000);
      stubs.at(-1)?.crash();
      pauses[crashes]?.pass();
    }
    expect(pauses.map(({ milliseconds }) => milliseconds)).toEqual(Array(6).fill(200));
  });

  test("fails the calls that were open, and refuses new ones during the pause", async () => {
    const { engine, stubs } = setUp({ hangs: true });
    const control = await engine.control();
    const open = control.close({});
    stubs[0]?.crash();
    await expect(open).rejects.toThrow("lost touch with your workspace");
    await expect(engine.control()).rejects.toThrow("lost touch with your workspace");
  });

  test("keeps windows that connect during a pause for the next engine", async () => {
    const { engine, stubs, pauses, settle } = setUp();
    engine.openWindow("first");
    await settle();
    stubs[0]?.crash();
    engine.openWindow("second");
    pauses[0]?.pass();
    expect(stubs.map(({ windows }) => windows)).toEqual([["first"], ["second"]]);
  });

  test("does not start again a profile that cannot be opened, and says why", async () => {
    const { engine, stubs, notices, pauses, settle } = setUp({ refuses: "The disk is full." });
    await settle();
    await settle();
    expect(notices).toEqual([{ state: "stopped", sentence: "The disk is full." }]);
    stubs[0]?.crash(0);
    expect(pauses).toEqual([]);
    await expect(engine.control()).rejects.toThrow("The disk is full.");
    engine.restart();
    expect(stubs).toHaveLength(2);
    expect(notices.at(-1)).toMatchObject({ state: "ready" });
  });

  test("closes in order before it is ended", async () => {
    const { engine, stubs, notices } = setUp();
    await engine.close();
    expect(stubs[0]?.state()).toEqual({ closed: true, killed: true });
    stubs[0]?.crash(0);
    expect(notices).toEqual([]);
  });

  test("is ended after five seconds when it does not close", async () => {
    const { engine, stubs, pauses } = setUp({ hangs: true });
    const closing = engine.close();
    expect(pauses.map(({ milliseconds }) => milliseconds)).toEqual([5000]);
    pauses[0]?.pass();
    await closing;
    expect(stubs[0]?.state()).toEqual({ closed: false, killed: true });
  });
});
