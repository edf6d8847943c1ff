/** End-to-end tests: the same specs in a real Electron window and in a real Chromium tab. */
import path from "node:path";
import { defineConfig } from "@playwright/test";
import { root } from "#build/paths.ts";

export default defineConfig({
  testDir: ".",
  testMatch: "*.e2e.ts",
  outputDir: path.join(root, "out", "test", "results"),
  // Two cores: a second worker makes every measurement a measurement of the first.
  workers: 1,
  fullyParallel: false,
  forbidOnly: process.env["CI"] !== undefined,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  use: { actionTimeout: 20_000, navigationTimeout: 20_000, screenshot: "only-on-failure" },
  // What only one of the hosts has is tested in files that say so.
  projects: [
    { name: "electron", testIgnore: "*-tab.e2e.ts" },
    { name: "chromium", testIgnore: "*-window.e2e.ts" },
  ],
});
