/**
 * The handbook as it leaves the window: a folder is chosen, pages are written, and "Open it" hands
 * the first of them to the system. What the system would do with it a real Chromium does here.
 */
import path from "node:path";
import { pathToFileURL } from "node:url";
import { answerDialogs } from "#test/support/answer-dialogs.ts";
import { expect, goTo, test } from "#test/support/app-test.ts";
import type { LaunchedElectron } from "#test/support/launch-electron.ts";
import { launchBrowser } from "#test/support/launch-chromium.ts";

test("a handbook is exported from the window, and opened from there", async ({
  launch,
  folder,
  sampleProfile,
}) => {
  const app = (await launch({ profile: sampleProfile })) as LaunchedElectron;
  const { page } = app;
  const target = path.join(folder, "site");
  await page.getByRole("heading", { level: 1 }).waitFor();
  await answerDialogs(app, target);
  await app.app.evaluate(({ shell }) => {
    shell.openPath = (place) => {
      Object.assign(globalThis, { openedPath: place });
      return Promise.resolve("");
    };
  });
  await goTo(page, "/publish");
  await page.getByRole("button", { name: "Export into a folder" }).click();
  await expect(page.getByText(/^\d+ pages in site$/u)).toBeVisible({ timeout: 60_000 });
  await page.getByRole("button", { name: "Open it" }).click();
  await expect
    .poll(() => app.app.evaluate(() => Reflect.get(globalThis, "openedPath") as unknown))
    .toBe(path.join(target, "index.html"));

  const browser = await launchBrowser();
  try {
    const handbook = await browser.newPage();
    await handbook.goto(pathToFileURL(path.join(target, "index.html")).href);
    await handbook.getByRole("searchbox").pressSequentially("invioce");
    await handbook.getByRole("link", { name: "Answer an invoice dispute" }).click();
    await expect(handbook.getByRole("heading", { level: 1 })).toHaveText(
      "Answer an invoice dispute",
    );
  } finally {
    await browser.close();
  }
});

test("where nothing opens it the window says so", async ({ launch, folder, sampleProfile }) => {
  const app = (await launch({ profile: sampleProfile })) as LaunchedElectron;
  const { page } = app;
  await page.getByRole("heading", { level: 1 }).waitFor();
  await answerDialogs(app, path.join(folder, "site"));
  await app.app.evaluate(({ shell }) => {
    shell.openPath = () => Promise.resolve("No program is there for it.");
  });
  await goTo(page, "/publish");
  await page.getByRole("button", { name: "Export into a folder" }).click();
  await page.getByRole("button", { name: "Open it" }).click({ timeout: 60_000 });
  await expect(page.getByText(/Open index.html in the folder yourself/u)).toBeVisible();
});
