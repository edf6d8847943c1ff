/** What somebody does in a shared workspace, the same in a window and in a tab. */
import { expect, type Page } from "@playwright/test";
import { goTo } from "./go-to.ts";

/** Looks at the folder and waits until that is done. */
export async function lookNow(page: Page): Promise<void> {
  await goTo(page, "/share");
  const button = page.getByRole("button", { name: "Look now" });
  await button.click();
  await expect(button).toBeEnabled();
}

/** Puts the text in the place of the one in the editor. */
export async function replaceText(page: Page, text: string): Promise<void> {
  const editor = page.getByRole("main").locator(".cm-content");
  await editor.click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type(text);
  await expect(page.getByText(/^Saved \d/u)).toBeVisible();
}

/** Saves what is written and comes back to reading it. */
export async function saveRevision(page: Page): Promise<void> {
  await page.keyboard.press("ControlOrMeta+s");
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("article")).toBeVisible();
}
