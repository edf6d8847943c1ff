/** Vitest: what runs in Node, and what runs in a simulated document. End-to-end tests are Playwright's. */
import os from "node:os";
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL("..", import.meta.url));

export default defineConfig({
  root,
  test: {
    pool: "forks",
    // By itself Vitest leaves one processor idle, which of two is half.
    maxWorkers: os.availableParallelism(),
    projects: [
      project("unit", "node"),
      project("contract", "node"),
      project("architecture", "node"),
      project("integration", "node"),
      project("carriers", "node"),
      project("simulation", "node"),
      {
        plugins: [react()],
        root,
        test: {
          name: "component",
          environment: "jsdom",
          include: ["test/component/**/*.test.{ts,tsx}"],
          setupFiles: ["test/support/patient-queries.ts"],
          testTimeout: 30_000,
          hookTimeout: 30_000,
          css: { modules: { classNameStrategy: "non-scoped" } },
        },
      },
    ],
  },
});

function project(name: string, environment: "node") {
  const testTimeout = name === "unit" ? 20_000 : 120_000;
  return {
    root,
    test: {
      name,
      environment,
      include: [`test/${name}/**/*.test.ts`],
      testTimeout,
      // What is set up for all tests of a file takes as long as one of them.
      hookTimeout: testTimeout,
      // Pure functions leave nothing behind: loading their modules once takes a third off the time.
      isolate: name !== "unit",
    },
  };
}
