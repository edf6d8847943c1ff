/** Two tabs write the same page at once: nobody's words are lost, and each hears of the other. */
import type { Page } from "@playwright/test";
import { address, openRecord } from "#test/support/app-screens.ts";
import { expect, goTo, test } from "#test/support/app-test.ts";

const playbook = "Report an AI incident";
const source = (page: Page) => page.getByRole("main").locator(".cm-content");

async function write(page: Page, text: string): Promise<void> {
  await source(page).click();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.type(text);
  await expect(page.getByText(/^Saved \d/u)).toBeVisible();
}

async function save(page: Page): Promise<void> {
  await page.keyboard.press("ControlOrMeta+s");
  const dialog = page.getByRole("dialog", { name: "Save as a new revision" });
  await dialog.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("article")).toBeVisible();
}

test("two tabs on one page keep two drafts, and saving both keeps the words of both", async ({
  context,
  sampleProfile,
  serve,
}) => {
  const host = await serve(sampleProfile);
  const one = await context.newPage();
  await one.goto(host.address);
  await one.getByRole("navigation").first().waitFor();
  await openRecord(one, playbook);
  const place = await address(one);
  const two = await context.newPage();
  await two.goto(host.address);
  await two.getByRole("navigation").first().waitFor();
  for (const page of [one, two]) {
    await goTo(page, `${place}/edit`);
    await source(page).waitFor();
  }

  await write(one, "\n\nThe pelican signs last.");
  await write(two, "\n\nThe heron reads it first.");
  await expect(
    two.getByText("This page is being written in another window, too", { exact: true }),
  ).toBeVisible();
  await two.reload();
  await expect(source(two)).toContainText("The heron reads it first.");
  await expect(source(two)).not.toContainText("pelican");

  await save(one);
  await expect(two.getByText("This record has changed since you started")).toBeVisible();
  await two.getByRole("button", { name: "See what changed" }).click();
  const changes = two.getByRole("dialog", { name: "What changed since you started" });
  await expect(changes.locator("ins").last()).toContainText("The pelican signs last.");
  await expect(changes).not.toContainText("heron");
  await two.keyboard.press("Escape");
  await expect(two.getByRole("button", { name: "See what changed" })).toBeFocused();

  await save(two);
  await expect(two.getByRole("article")).toContainText("The pelican signs last.");
  await expect(two.getByRole("article")).toContainText("The heron reads it first.");
  await goTo(two, "/drafts");
  await expect(two.getByText("No drafts")).toBeVisible();
});
