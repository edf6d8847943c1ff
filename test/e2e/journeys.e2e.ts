/** Whole ways through the app: write and go back in time, import a handbook, all without a mouse. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Page } from "@playwright/test";
import { address, openRecord } from "#test/support/app-screens.ts";
import { expect, goTo, test } from "#test/support/app-test.ts";

const playbook = "Report an AI incident";
const started = (page: Page) => page.getByRole("heading", { level: 1 }).waitFor();
const source = (page: Page) => page.getByRole("main").locator(".cm-content");

test("a draft survives the death of the app, becomes a revision, is compared and restored", async ({
  launch,
  sampleProfile,
}) => {
  const first = await launch({ profile: sampleProfile });
  await started(first.page);
  await openRecord(first.page, playbook);
  const place = await address(first.page);
  await first.page.getByRole("button", { name: "Edit" }).click();
  await source(first.page).click();
  await first.page.keyboard.press("ControlOrMeta+End");
  await first.page.keyboard.type("\n\nThe pelican signs last.");
  await expect(first.page.getByText(/^Saved \d/u)).toBeVisible();
  await first.kill();

  const { page } = await launch({ profile: sampleProfile });
  await started(page);
  await goTo(page, `${place}/edit`);
  await expect(source(page)).toContainText("The pelican signs last.");
  await page.getByRole("button", { name: "Save…" }).click();
  await page.getByRole("textbox", { name: /What changed/u }).fill("Who signs last");
  await page
    .getByRole("dialog", { name: "Save as a new revision" })
    .getByRole("button", { name: "Save", exact: true })
    .click();
  await expect(page.getByRole("article")).toContainText("The pelican signs last.");

  await page.getByRole("button", { name: "History" }).click();
  await expect(page.getByRole("button", { name: /Who signs last/u })).toBeVisible();
  const changes = page.getByRole("region", { name: "What changed" });
  await expect(changes.locator("ins").last()).toContainText("The pelican signs last.");
  await page.getByRole("button", { name: /Imported/u }).click();
  await changes.getByRole("button", { name: "Restore it" }).click();
  await expect(page.getByText(/Revision 1 is the newest again/u)).toBeVisible();
  await goTo(page, place);
  await expect(page.getByRole("article")).not.toContainText("pelican");
});

test("what is moved to the trash is gone from the search, and comes back by one click", async ({
  launch,
  sampleProfile,
}) => {
  const { page } = await launch({ profile: sampleProfile });
  await started(page);
  await openRecord(page, playbook);
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Move to trash" }).click();
  await expect(page.getByText(/is in the trash/u).first()).toBeVisible();
  const search = `/search?q=${encodeURIComponent(`"${playbook}"`)}`;
  const hit = page.getByRole("list", { name: "Results" }).getByRole("link", { name: playbook });
  await goTo(page, "/trash");
  await expect(page.getByRole("button", { name: `Put back ${playbook}` })).toBeVisible();
  await goTo(page, search);
  await expect(hit).toHaveCount(0);
  await goTo(page, "/trash");
  await page.getByRole("button", { name: `Put back ${playbook}` }).click();
  await goTo(page, search);
  await expect(hit).toBeVisible();
});

test("a folder of Markdown is looked at, imported, found, and taken back whole", async ({
  launch,
  sampleProfile,
  folder,
}) => {
  const handbook = path.join(folder, "orchard handbook");
  writeHandbook(handbook);
  const { page } = await launch({ profile: sampleProfile });
  await started(page);
  await goTo(page, "/import");
  await page.locator("input[type=file][webkitdirectory]").setInputFiles(handbook);
  const dryRun = page.getByRole("region", { name: "Dry run" });
  await expect(dryRun).toContainText("Grafting in spring");
  await dryRun.getByRole("tab", { name: /lead nowhere/u }).click();
  await expect(dryRun).toContainText("nowhere.md");
  await dryRun.getByRole("tab", { name: /Duplicates/u }).click();
  await expect(dryRun).toContainText("later copy of grafting.md");
  await page.getByRole("button", { name: /^Import \d+ records$/u }).click();
  await expect(page.getByRole("status").getByText(/orchard handbook: \d+ new/u)).toBeVisible();

  const results = page.getByRole("list", { name: "Results" });
  await goTo(page, "/search?q=quincunx");
  await results.getByRole("link", { name: "Planting distances" }).click();
  await page.getByRole("article").getByRole("link", { name: "grafting", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Grafting in spring");
  await expect(page.getByRole("article").getByRole("img", { name: "a graft" })).toBeVisible();

  await goTo(page, "/import");
  await page.getByRole("button", { name: "Undo the import" }).first().click();
  await expect(page.getByText("taken back").first()).toBeVisible();
  await goTo(page, "/search?q=quincunx");
  await expect(page.getByRole("button", { name: "Ask for it" })).toBeVisible();
});

test("a single file is imported as lessons, one for each of its headings", async ({
  launch,
  sampleProfile,
  folder,
}) => {
  const file = path.join(folder, "lessons.md");
  writeFileSync(file, "# Notes\n\n## Wet labels\n\nInk runs.\n\n## Blunt knives\n\nCuts tear.\n");
  const { page } = await launch({ profile: sampleProfile });
  await started(page);
  await goTo(page, "/import");
  await page.locator("input[type=file][multiple]").setInputFiles(file);
  await page.getByRole("combobox", { name: "Import as" }).click();
  await page.getByRole("option", { name: "Lessons" }).click();
  await page.getByRole("combobox", { name: "One file becomes" }).click();
  await page.getByRole("option", { name: "A record for each heading" }).click();
  await page.getByRole("button", { name: /^Import [23] records$/u }).click();
  await expect(page.getByText(/lessons\.md: 1 new/u)).toBeVisible();
  await goTo(page, "/search?q=type%3Alesson%20blunt");
  await expect(page.getByRole("link", { name: "Blunt knives" })).toBeVisible();
});

test("search, open, edit, save and go back work with the keyboard alone", async ({
  launch,
  sampleProfile,
}) => {
  const { page } = await launch({ profile: sampleProfile });
  await started(page);
  const { keyboard } = page;
  await keyboard.press("ControlOrMeta+Shift+F");
  await keyboard.type("incident rep");
  await expect(page.getByRole("link", { name: playbook })).toBeVisible();
  const hits = page.getByRole("list", { name: "Results" }).getByRole("link");
  await expect(hits.first()).toHaveText(playbook);
  await keyboard.press("ArrowDown");
  await expect(hits.first()).toBeFocused();
  await keyboard.press("j");
  await expect(hits.nth(1)).toBeFocused();
  await keyboard.press("k");
  await expect(hits.first()).toBeFocused();
  await keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(playbook);
  await keyboard.press("e");
  const title = page.getByRole("textbox", { name: "Title" });
  await expect(title).toBeVisible();
  for (
    let step = 0;
    step < 20 && !(await title.evaluate((box) => box === document.activeElement));
    step += 1
  ) {
    await keyboard.press("Tab");
  }
  await keyboard.press("End");
  await keyboard.type(" at once");
  await keyboard.press("ControlOrMeta+s");
  await page.getByRole("dialog", { name: "Save as a new revision" }).waitFor();
  await keyboard.type("More urgent");
  await keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`${playbook} at once`);
  await keyboard.press("ControlOrMeta+k");
  await page.getByRole("dialog", { name: "Quick switcher" }).waitFor();
  await keyboard.type("mara appl");
  await expect(page.getByRole("option", { name: /Mara Applegarth/u }).first()).toBeVisible();
  await keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Mara Applegarth");
});

/** A small folder with what real ones have: links, an image, a duplicate, front matter, an error. */
function writeHandbook(folder: string): void {
  const image = Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAFElEQVR4nGPQTBHHihgGrwQBAGZkCgFmVZKkAAAAAElFTkSuQmCC",
    "base64",
  );
  const grafting = "# Grafting in spring\n\nCut, join, bind.\n\n![a graft](images/graft.png)\n";
  mkdirSync(path.join(folder, "images"), { recursive: true });
  mkdirSync(path.join(folder, "planting"), { recursive: true });
  const files: Readonly<Record<string, string | Buffer>> = {
    "grafting.md": grafting,
    "later copy of grafting.md": grafting,
    "images/graft.png": image,
    "planting/distances.md":
      "---\ntitle: Planting distances\ntags: [orchard, trees]\n---\n\nA quincunx, as in [grafting](../grafting.md) and [that](nowhere.md).\n",
    "planting/broken.md": Buffer.from([0x23, 0x20, 0xff, 0xfe, 0xfa, 0x00, 0x81]),
  };
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(path.join(folder, name), content);
  }
}
