/** Goes to an address of the app (`/search?q=refund`), as a deep link would. */
import type { Page } from "@playwright/test";

export async function goTo(page: Page, address: string): Promise<void> {
  await page.evaluate((hash) => {
    window.location.hash = hash;
  }, address);
}
