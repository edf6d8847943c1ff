/** End-to-end tests as steps: one Playwright project each, with its counts in the closing summary. */
import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { root } from "./paths.ts";
import { runTool, type Step, type StepResult } from "./steps.ts";

type Host = {
  /** The Playwright project in test/e2e/playwright.config.ts. */
  readonly project: "electron" | "chromium";
  /** Resolves to what the tests need in their environment, or to why they cannot run. */
  readonly prepare: () => Promise<
    { readonly environment: Readonly<Record<string, string>> } | { readonly missing: string }
  >;
};

/** A step that prepares a host and runs every end-to-end test in it. */
export function playwright(name: string, host: Host): Step {
  return {
    name,
    run: async () => {
      const ready = await host.prepare();
      if ("missing" in ready) return { outcome: "could_not_run", reason: ready.missing };
      const folder = path.join(root, "out", "test");
      mkdirSync(folder, { recursive: true });
      const report = path.join(folder, `${host.project}.json`);
      const code = await runTool(
        "playwright",
        [
          "test",
          "--config",
          "test/e2e/playwright.config.ts",
          "--project",
          host.project,
          "--reporter=line,json",
        ],
        { ...ready.environment, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
      );
      return summarise(code, report);
    },
  };
}

const statsSchema = z.object({
  expected: z.number(),
  unexpected: z.number(),
  flaky: z.number(),
});

/** A file or a `describe`: specs inside, and further ones below. */
type Suite = {
  readonly suites?: readonly Suite[] | undefined;
  readonly specs: readonly { title: string; tests: readonly { status: string }[] }[];
};

const suiteSchema: z.ZodType<Suite> = z.lazy(() =>
  z.object({
    suites: z.array(suiteSchema).optional(),
    specs: z.array(
      z.object({ title: z.string(), tests: z.array(z.object({ status: z.string() })) }),
    ),
  }),
);

const reportSchema = z.object({ stats: statsSchema, suites: z.array(suiteSchema) });

function summarise(code: number, report: string): StepResult {
  const { stats, suites } = reportSchema.parse(JSON.parse(readFileSync(report, "utf8")));
  const counts = {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
    skipped: suites.flatMap(skippedIn),
  };
  // A host whose every test was skipped has proved nothing.
  const proved = code === 0 && counts.passed > 0;
  return { outcome: proved ? "passed" : "failed", counts };
}

function skippedIn(suite: Suite): readonly string[] {
  const here = suite.specs
    .filter((spec) => spec.tests.some((one) => one.status === "skipped"))
    .map((spec) => spec.title);
  return [...here, ...(suite.suites ?? []).flatMap(skippedIn)];
}
