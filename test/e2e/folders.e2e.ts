/**
 * Folders in and out as somebody does it: through the system's dialogs in a window, by the browser's
 * own in a tab. The dialog's answer is all that is made up; what is imported and exported are files.
 */
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Locator, Page } from "@playwright/test";
import { answerDialogs } from "#test/support/answer-dialogs.ts";
import { expect, goTo, test } from "#test/support/app-test.ts";
import type { LaunchedApp } from "#test/support/launched-app.ts";
import type { LaunchedElectron } from "#test/support/launch-electron.ts";
import { unzip } from "#build/unzip.ts";
import { writeTree } from "#test/support/write-tree.ts";

const handbook: Readonly<Record<string, string>> = {
  "grafting.md": "---\ntitle: Grafting in spring\nodd_key: kept\n---\nCut, join, bind.\n",
  "planting/distances.md":
    "# Planting distances\r\n\r\nA quincunx, as in [that](../grafting.md).\r\n",
};

test("a handbook comes in as a folder and goes out again with the same bytes", async ({
  launch,
  folder,
  sampleProfile,
}) => {
  const source = writeTree(path.join(folder, "orchard"), handbook);
  const target = path.join(folder, "out");
  mkdirSync(target);
  const app = await launch({ profile: sampleProfile });
  const { page } = app;
  await page.getByRole("heading", { level: 1 }).waitFor();
  await goTo(page, "/import");
  await importFolder(app, source);
  await page.getByRole("button", { name: /^Import \d+ records$/u }).click();
  await expect(page.getByRole("status").getByText(/orchard: 2 new/u)).toBeVisible();
  await goTo(page, "/export");
  await exportTo(app, target);

  const names = readdirSync(target, { recursive: true, encoding: "utf8" });
  for (const [name, content] of Object.entries(handbook)) {
    const place = names.find((found) => found.endsWith(path.normalize(name)));
    expect(place, name).toBeDefined();
    expect(readFileSync(path.join(target, place ?? ""), "utf8")).toBe(content);
  }
});

test("a folder that is dropped onto the window comes in with all that is in it", async ({
  launch,
  folder,
  sampleProfile,
}) => {
  const source = writeTree(path.join(folder, "orchard"), handbook);
  const { page } = await launch({ profile: sampleProfile });
  await page.getByRole("heading", { level: 1 }).waitFor();
  await goTo(page, "/import");
  await drop(page, page.getByRole("region", { name: "Choose what to import" }), source);
  await page.getByRole("button", { name: /^Import \d+ records$/u }).click();
  await expect(page.getByRole("status").getByText(/orchard: 2 new/u)).toBeVisible();
});

/** Drags the file or folder from the system onto the place, as the browser itself sees it. */
async function drop(page: Page, place: Locator, file: string): Promise<void> {
  const box = await place.boundingBox();
  if (box === null) throw new Error("There is no place to drop on.");
  const at = { x: box.x + box.width / 2, y: box.y + 20 };
  const data = { items: [], files: [file], dragOperationsMask: 1 };
  const browser = await page.context().newCDPSession(page);
  for (const type of ["dragEnter", "dragOver", "drop"] as const) {
    await browser.send("Input.dispatchDragEvent", { type, ...at, data });
  }
}

async function importFolder(app: LaunchedApp, source: string): Promise<void> {
  if (app.host === "browser") {
    await app.page.locator("input[type=file][webkitdirectory]").setInputFiles(source);
    return;
  }
  await answerDialogs(app as LaunchedElectron, source);
  const place = app.page.getByRole("region", { name: "Choose what to import" });
  await place.getByRole("button").first().click();
}

async function exportTo(app: LaunchedApp, target: string): Promise<void> {
  const { page } = app;
  if (app.host === "electron") {
    await answerDialogs(app as LaunchedElectron, target);
    await page.getByRole("button", { name: "Export into a folder" }).click();
    await expect(page.getByText(/^Written into/u)).toBeVisible();
    return;
  }
  await page.getByRole("button", { name: "Export as a ZIP file" }).click();
  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: /^Save|^Download/u }).click();
  const archive = path.join(target, "..", "export.zip");
  await (await downloading).saveAs(archive);
  await unzip(archive, target, (name) => name);
}
