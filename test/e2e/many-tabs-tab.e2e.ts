/** In browser tabs: as many of them as one likes share one stream of events, and each hears all of it. */
import type { Page } from "@playwright/test";
import { address, openRecord } from "#test/support/app-screens.ts";
import { expect, goTo, test } from "#test/support/app-test.ts";

const rename = async (page: Page, place: string, title: string) => {
  await goTo(page, `${place}/edit`);
  await page.getByRole("textbox", { name: "Title" }).fill(title);
  await page.getByRole("button", { name: "Save…" }).click();
  await page
    .getByRole("dialog", { name: "Save as a new revision" })
    .getByRole("button", { name: "Save", exact: true })
    .click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
};

test("eight tabs open, follow each other's changes, and go on when any one is closed", async ({
  context,
  sampleProfile,
  serve,
}) => {
  const server = await serve(sampleProfile);
  const tabs: Page[] = [];
  for (let tab = 0; tab < 8; tab += 1) {
    const page = await context.newPage();
    await page.goto(tab === 0 ? server.address : new URL("/", server.address).href);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    tabs.push(page);
  }
  const [first, ...others] = tabs as [Page, ...Page[]];
  await openRecord(first, "Report an AI incident");
  const place = await address(first);
  for (const page of others) await goTo(page, place);
  await rename(first, place, "Report every AI incident");
  for (const page of others) {
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Report every AI incident");
  }

  await first.close();
  const [second, ...rest] = others as [Page, ...Page[]];
  await rename(second, place, "Report AI incidents at once");
  for (const page of rest) {
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Report AI incidents at once");
  }
});
