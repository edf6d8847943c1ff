/** The engine's connection as the shipped app has it: a utility process that is handed window ports. */
import path from "node:path";
import { expect, test } from "@playwright/test";
import { build } from "vite";
import { nodeConfig } from "#build/vite-targets.ts";
import { out } from "#build/paths.ts";
import { launchElectron } from "#test/support/launch-electron.ts";

test("a utility process answers its parent and the windows whose ports it was given", async () => {
  await build(nodeConfig("test/utility-echo", { index: "test/support/utility-echo.ts" }));
  const app = await launchElectron();
  const heard = await app.app.evaluate(
    async ({ utilityProcess, MessageChannelMain }, entry) => {
      const child = utilityProcess.fork(entry, [], { serviceName: "echo" });
      const heard: unknown[] = [];
      const settled = Promise.withResolvers<void>();
      const hear = (message: unknown) => {
        heard.push(message);
        if (heard.length === 3) window.port1.close();
        if (heard.length === 4) settled.resolve();
      };
      const window = new MessageChannelMain();
      child.on("message", hear);
      window.port1.on("message", ({ data }) => hear(data));
      window.port1.start();
      child.postMessage("window", [window.port2]);
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process has no origin
      child.postMessage({ lane: "engine", message: { bytes: new Uint8Array([1, 2, 3]) } });
      window.port1.postMessage("hello");
      await settled.promise;
      child.kill();
      return JSON.stringify(heard);
    },
    path.join(out, "test", "utility-echo", "index.js"),
  );
  const messages = JSON.parse(heard) as readonly unknown[];
  expect(messages).toEqual(
    expect.arrayContaining([
      { event: "window.opened", payload: {} },
      { id: 1, ok: true, value: { over: "window", request: "hello" } },
      {
        lane: "engine",
        message: {
          id: 1,
          ok: true,
          value: { over: "control", request: { bytes: { 0: 1, 1: 2, 2: 3 } } },
        },
      },
      { lane: "engine", message: { event: "window.closed", payload: {} } },
    ]),
  );
  await app.close();
});
