/**
 * Two loopback hosts on one folder, in two tabs: what one writes comes to the other by itself, and
 * what both wrote at once is chosen by keyboard. A tab cannot choose a folder, and says what can.
 */
import type { Page } from "@playwright/test";
import { address, openRecord } from "#test/support/app-screens.ts";
import { expect, goTo, test } from "#test/support/app-test.ts";
import { guildhall } from "#test/support/guildhall.ts";
import { listenForComplaints } from "#test/support/launched-app.ts";
import { shareProfiles, writeAtOnce } from "#test/support/share-profiles.ts";

const title = "Answer a complaint";
const home = ["--set", "department=Customer Support"];

test("an edit in one tab appears in the other, and a conflict is settled by keyboard", async ({
  browser,
  folder,
  serve,
}) => {
  test.setTimeout(240_000);
  const shared = await shareProfiles(folder);
  await guildhall(["new", "playbook", "--title", title, ...home, "--profile", shared.ada]);
  await writeAtOnce(shared, title);
  // A context of its own for each: cookies do not tell one port from the other.
  const open = async (profile: string): Promise<Tab> => {
    const host = await serve(profile);
    const page = await (await browser.newContext()).newPage();
    const complaints = listenForComplaints(page);
    await page.goto(host.address);
    await page.getByRole("navigation").first().waitFor();
    return { page, complaints };
  };
  const ada = await open(shared.ada);
  const ben = await open(shared.ben);

  await openRecord(ada.page, title);
  const place = await address(ada.page);
  await goTo(ben.page, place);
  for (const { page } of [ada, ben]) {
    await expect(page.getByText("There are different answers for 2 places")).toBeVisible();
  }
  await goTo(ada.page, "/conflicts");
  await expect(
    ada.page.getByRole("listitem").filter({ hasText: "Risk tier and Text" }),
  ).toBeVisible();

  // By keyboard alone, in the tab of one; the other hears of it without being asked.
  await goTo(ada.page, place);
  const risk = ada.page.getByRole("group", { name: "Risk tier" });
  await risk.getByRole("button", { name: "Keep this of Ada Example" }).focus();
  await ada.page.keyboard.press("Enter");
  await expect(ada.page.getByText("There are different answers for one place")).toBeVisible();
  await expect(ben.page.getByText("There are different answers for one place")).toBeVisible({
    timeout: 60_000,
  });

  await ben.page.getByRole("link", { name: "Merge them…" }).click();
  await ben.page.getByRole("button", { name: "Take both, place 1 of 1" }).focus();
  await ben.page.keyboard.press("Enter");
  await expect(ben.page.locator(".cm-content")).toContainText("four hours one day");
  await ben.page.getByRole("button", { name: "Save as a new revision" }).focus();
  await ben.page.keyboard.press("Enter");
  await expect(ben.page.getByRole("article")).toContainText("The greeting is warm and plain.");
  await expect(ada.page.getByRole("article")).toContainText("four hours one day", {
    timeout: 60_000,
  });
  await expect(ada.page.getByText("There are different answers")).toHaveCount(0);

  expect([...ada.complaints, ...ben.complaints]).toEqual([]);
});

test("a tab says that it cannot choose a folder, and follows what a terminal does", async ({
  folder,
  launch,
}) => {
  const profile = `${folder}/profile`;
  const who = ["--name", "Ada Example", "--department", "Support"];
  await guildhall(["init", "--profile", profile, ...who]);
  const { page } = await launch({ profile });
  await page.getByRole("heading", { level: 1 }).waitFor();
  await goTo(page, "/share?way=start");
  await expect(page.getByText("share create FOLDER")).toBeVisible();
  await guildhall(["share", "create", `${folder}/shared`, "--profile", profile]);
  await expect(page.getByText("Steward", { exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: "Sharing: Up to date" })).toBeVisible();

  await goTo(page, "/folder");
  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save a support bundle…" }).click();
  expect((await downloading).suggestedFilename()).toBe("guildhall-support.zip");
});

type Tab = { readonly page: Page; readonly complaints: readonly string[] };
