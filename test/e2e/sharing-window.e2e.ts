/**
 * Colleagues meet through a folder in two windows, as they would at their desks: one shares, the
 * other joins with a code, an edit arrives, and what both wrote at once is merged. The system's
 * dialog answers with the folder; everything else is real.
 */
import { mkdirSync } from "node:fs";
import path from "node:path";
import type { Page } from "@playwright/test";
import { address } from "#test/support/app-screens.ts";
import { expect, goTo, test } from "#test/support/app-test.ts";
import type { LaunchedElectron } from "#test/support/launch-electron.ts";
import type { LaunchedApp } from "#test/support/launched-app.ts";
import { answerDialogs } from "#test/support/answer-dialogs.ts";
import { lookNow, replaceText, saveRevision } from "#test/support/sharing-steps.ts";

test("two windows on one folder: share, join, edit, meet, merge", async ({ launch, folder }) => {
  test.setTimeout(240_000);
  const shared = path.join(folder, "Team folder");
  mkdirSync(shared);

  const ada = await launch({ profile: path.join(folder, "ada") });
  await startShared(ada, shared);
  const code = await inviteLead(ada.page);

  const ben = await launch({ profile: path.join(folder, "ben") });
  await join(ben, shared, code);
  await expect(ben.page.getByText(/^Asked at/u)).toBeVisible();

  await lookNow(ada.page);
  await lookNow(ben.page);
  await expect(ben.page.getByText("Lead of Support")).toBeVisible();

  await writePlaybook(ada.page);
  await lookNow(ada.page);
  await lookNow(ben.page);
  await goTo(ben.page, "/list/playbook");
  await ben.page.getByRole("link", { name: "Answer a complaint" }).click();
  await expect(ben.page.getByRole("article")).toContainText("The answer comes within two days.");
  const place = await address(ben.page);

  // Both begin from the same text, whatever arrives while they write.
  await beginToWrite(ada.page, place, "The answer comes within one day.");
  await beginToWrite(ben.page, place, "The answer comes within four hours.");
  await saveRevision(ada.page);
  await saveRevision(ben.page);
  await lookNow(ada.page);
  await lookNow(ben.page);

  await goTo(ben.page, place);
  await expect(ben.page.getByText("There are different answers for one place")).toBeVisible();
  await ben.page.getByRole("link", { name: "Merge them…" }).click();
  await expect(ben.page.getByText("1 place is open", { exact: true })).toBeVisible();
  await ben.page.getByRole("button", { name: "Take this: Ada Example, place 1 of 1" }).click();
  await ben.page.getByRole("button", { name: "Save as a new revision" }).click();
  await expect(ben.page.getByRole("article")).toContainText("The answer comes within one day.");

  await lookNow(ben.page);
  await lookNow(ada.page);
  await goTo(ada.page, place);
  await expect(ada.page.getByRole("article")).toContainText("The answer comes within one day.");
  await expect(ada.page.getByText("There are different answers")).toHaveCount(0);
  // Both versions stay where they were.
  await goTo(ada.page, `${place}/history`);
  await expect(ada.page.getByRole("main")).toContainText("Ben Example");
});

async function startShared(app: LaunchedApp, shared: string): Promise<void> {
  const { page } = app;
  await answerDialogs(app as LaunchedElectron, shared);
  await page.getByRole("link", { name: "Start one" }).click();
  await page.getByRole("textbox", { name: "Your name" }).fill("Ada Example");
  await page.getByRole("textbox", { name: "Your department" }).fill("Support");
  await keepInFile(page);
  await page.getByRole("button", { name: "Go on to the folder" }).click();
  await page.getByRole("button", { name: "Choose the folder…" }).click();
  await expect(page.getByText("The folder is empty and can be written to")).toBeVisible();
  await page.getByRole("button", { name: "Share it" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Recovery sheet" })).toBeVisible();
  const onwards = page.getByRole("button", { name: "Go on" });
  await expect(onwards).toBeDisabled();
  // Going elsewhere does not lose the sheet.
  await goTo(page, "/drafts");
  await goTo(page, "/share");
  await page.getByRole("checkbox", { name: /I have kept it/u }).click();
  await onwards.click();
  await expect(page.getByText("Steward", { exact: true })).toBeVisible();
}

async function inviteLead(page: Page): Promise<string> {
  await goTo(page, "/members");
  await page.getByRole("button", { name: "Invite" }).click();
  await page.getByRole("radio", { name: /^Lead/u }).click();
  await page.getByRole("combobox", { name: "Leads" }).fill("Supp");
  await page.getByRole("option", { name: "Support" }).click();
  await page.getByRole("button", { name: "Make the code" }).click();
  const code = (await page.getByLabel("Invitation code").textContent()) ?? "";
  await page.getByRole("button", { name: "Done" }).click();
  await lookNow(page);
  return code;
}

async function join(app: LaunchedApp, shared: string, code: string): Promise<void> {
  const { page } = app;
  await answerDialogs(app as LaunchedElectron, shared);
  await page.getByRole("link", { name: "Join with a code" }).click();
  await page.getByRole("button", { name: "Choose the folder…" }).click();
  await expect(page.getByText(/^The shared workspace “/u)).toBeVisible();
  await page.getByRole("textbox", { name: "Invitation code" }).fill(code.replace("-", " "));
  await page.getByRole("textbox", { name: "Your name" }).fill("Ben Example");
  await keepInFile(page);
  await page.getByRole("button", { name: "Ask to join" }).click();
}

/** Where the system keeps keys nothing is asked. */
async function keepInFile(page: Page): Promise<void> {
  const file = page.getByRole("radio", { name: /^In a plain file/u });
  if (await file.isVisible()) await file.click();
}

async function writePlaybook(page: Page): Promise<void> {
  await goTo(page, "/new/playbook");
  await page.getByRole("textbox", { name: "Title" }).fill("Answer a complaint");
  await page
    .getByRole("textbox", { name: "How it is done" })
    .fill("The answer comes within two days.");
  await saveRevision(page);
}

async function beginToWrite(page: Page, place: string, text: string): Promise<void> {
  await goTo(page, `${place}/edit`);
  await replaceText(page, text);
}
