/**
 * `test` for end-to-end specs: starts the app in the host of the Playwright project, closes it
 * afterwards, and fails a test whose page complained. A sample profile is made once and copied.
 */
import { cpSync, existsSync } from "node:fs";
import path from "node:path";
import { test as base, expect } from "@playwright/test";
import { goTo } from "./go-to.ts";
import { guildhall } from "./guildhall.ts";
import { launchBrowser, launchChromium, serve, type Served } from "./launch-chromium.ts";
import { launchElectron } from "./launch-electron.ts";
import type { LaunchedApp, LaunchOptions } from "./launched-app.ts";
import { temporaryFolder } from "./temporary-folder.ts";

export { expect, goTo };

type TestFixtures = {
  /** Starts the app; closed at the end of the test, in which its page must not have complained. */
  readonly launch: (options?: LaunchOptions) => Promise<LaunchedApp>;
  /** A fresh folder that vanishes with the test. */
  readonly folder: string;
  /** A fresh profile that holds the sample workspace, its owner and device. */
  readonly sampleProfile: string;
  /** Serves a profile to tabs as `guildhall serve` does; ended at the end of the test. */
  readonly serve: (profile: string, options?: LaunchOptions) => Promise<Served>;
};

type WorkerFixtures = { readonly preparedSample: string };

export const test = base.extend<TestFixtures, WorkerFixtures>({
  // The tabs of Playwright's own `context` belong to the same Chromium as those of `launch`.
  browser: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the parameter's pattern.
    async ({}, use) => {
      const browser = await launchBrowser();
      await use(browser);
      await browser.close();
    },
    { scope: "worker" },
  ],
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the parameter's pattern.
  serve: async ({}, use) => {
    const served: Served[] = [];
    await use(async (profile, options) => {
      const one = await serve(profile, options);
      served.push(one);
      return one;
    });
    for (const one of served) await one.stop();
  },
  preparedSample: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the parameter's pattern.
    async ({}, use) => {
      using folder = temporaryFolder();
      const profile = path.join(folder.path, "profile");
      await guildhall([
        "init",
        "--profile",
        profile,
        "--name",
        "Ada Example",
        "--department",
        "Customer Support",
        "--sample",
      ]);
      await use(profile);
    },
    { scope: "worker" },
  ],
  // Made before all else, so that it is taken away after the apps that live in it are closed,
  // in whatever order a test names them.
  folder: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the parameter's pattern.
    async ({}, use) => {
      using folder = temporaryFolder();
      await use(folder.path);
    },
    { auto: true },
  ],
  sampleProfile: async ({ preparedSample, folder }, use) => {
    const profile = path.join(folder, "profile");
    cpSync(preparedSample, profile, { recursive: true });
    await use(profile);
  },
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the parameter's pattern.
  launch: async ({}, use, testInfo) => {
    const launched: LaunchedApp[] = [];
    await use(async (options) => {
      const start = testInfo.project.name === "electron" ? launchElectron : launchChromium;
      const app = await start(options);
      launched.push(app);
      return {
        ...app,
        kill: async () => {
          // What a page says while its engine dies under it is no complaint.
          launched.splice(launched.indexOf(app), 1);
          await app.kill();
        },
      };
    });
    for (const app of launched) {
      expect(existsSync(app.profile), "the profile outlives the app that has it open").toBe(true);
      await app.close();
      expect(app.complaints, "what the page complained about").toEqual([]);
    }
  },
});
