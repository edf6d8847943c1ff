/** Every screen of the app with the sample workspace in it, for specs that visit all of them. */
import type { Page } from "@playwright/test";
import { goTo } from "./go-to.ts";

export type AppScreen = {
  readonly name: string;
  readonly open: (page: Page) => Promise<void>;
};

/** Opens the record of that title by way of the search, as a person would. */
export async function openRecord(page: Page, title: string): Promise<void> {
  await goTo(page, `/search?q=${encodeURIComponent(`"${title}"`)}`);
  await page
    .getByRole("list", { name: "Results" })
    .getByRole("link", { name: title, exact: true })
    .first()
    .click();
  await page.getByRole("heading", { level: 1, name: title }).waitFor();
}

/** The address of the page in view, behind `#`. */
export async function address(page: Page): Promise<string> {
  return page.evaluate(() => window.location.hash.slice(1));
}

const at =
  (where: string, sign: (page: Page) => Promise<unknown>): AppScreen["open"] =>
  async (page) => {
    await goTo(page, where);
    await sign(page);
  };
const title = (name: string | RegExp) => (page: Page) =>
  page.getByRole("heading", { level: 1, name }).waitFor();
const words = (said: string | RegExp) => (page: Page) =>
  page.getByRole("main").getByText(said).first().waitFor();
const rows = (page: Page) => page.getByRole("main").getByRole("listitem").first().waitFor();
const under =
  (record: string, path: string, sign: (page: Page) => Promise<unknown>): AppScreen["open"] =>
  async (page) => {
    await openRecord(page, record);
    await goTo(page, `${(await address(page)).replace(/\?.*$/u, "")}${path}`);
    await sign(page);
  };
const record = (name: string) => (page: Page) => openRecord(page, name);

/** All of them, the empty states too. */
export const appScreens: readonly AppScreen[] = [
  { name: "home", open: at("/", title(/./u)) },
  { name: "list-playbooks", open: at("/list/playbook", rows) },
  { name: "list-people", open: at("/list/person", rows) },
  { name: "search", open: at("/search?q=refund", words("Answer an invoice dispute")) },
  {
    name: "search-filtered",
    open: at("/search?q=type%3Alesson%20tag%3Anear-miss", words("redirect refunds")),
  },
  { name: "search-empty-field", open: at("/search", words("Ways to ask")) },
  { name: "search-nothing", open: at("/search?q=xqzzwv", words("Nothing found for")) },
  { name: "playbook", open: record("Draft a reply to a customer") },
  { name: "playbook-expired", open: record("Write a payment reminder that keeps the customer") },
  { name: "playbook-japanese", open: record("お詫びメールの下書きをつくる") },
  { name: "playbook-arabic", open: record("الرد على رسائل العملاء بالعربية") },
  { name: "lesson", open: record("A hidden line in an email tried to redirect refunds") },
  { name: "person", open: record("Karim El-Nadim") },
  { name: "tool", open: record("Free public chatbots") },
  {
    name: "edit",
    open: under("Draft a reply to a customer", "/edit", (page) =>
      page.locator(".cm-content").waitFor(),
    ),
  },
  { name: "history", open: under("Draft a reply to a customer", "/history", words("revision")) },
  {
    name: "new-playbook",
    open: at("/new/playbook", (page) => page.getByRole("textbox", { name: "Title" }).waitFor()),
  },
  { name: "import", open: at("/import", title("Import Markdown")) },
  { name: "export", open: at("/export", words(/Everything \(\d/u)) },
  { name: "publish", open: at("/publish", words(/will have a page/u)) },
  { name: "drafts", open: at("/drafts", title(/Drafts/u)) },
  { name: "trash-empty", open: at("/trash", words("The trash is empty")) },
  { name: "settings", open: at("/settings", title("Settings")) },
  { name: "share-alone", open: at("/share", words("Nothing is shared")) },
  { name: "share-start", open: at("/share?way=start", words("What will be in the folder")) },
  { name: "share-join", open: at("/share?way=join", title("Join a shared workspace")) },
];

const clash = "Draft a reply to a customer";
const press = (name: string | RegExp) => (page: Page) =>
  page.getByRole("button", { name }).first().click();

/** Those of a workspace that two share, in which they have written over each other's words. */
export const sharedScreens: readonly AppScreen[] = [
  { name: "share", open: at("/share", words("Last received")) },
  { name: "share-status", open: at("/", press(/^Sharing:/u)) },
  { name: "members", open: at("/members", words("Ben Example")) },
  {
    name: "members-invite",
    open: at("/members", async (page) => {
      await press("Invite")(page);
      await page.getByRole("dialog", { name: "Invite a colleague" }).waitFor();
    }),
  },
  {
    name: "members-roles",
    open: at("/members", async (page) => {
      await press("What to do with Ben Example")(page);
      await page.getByRole("menuitem", { name: "Roles…" }).click();
      await page.getByRole("dialog", { name: "Roles of Ben Example" }).waitFor();
    }),
  },
  { name: "folder-health", open: at("/folder", words("Everything is in order")) },
  { name: "conflicts", open: at("/conflicts", words(clash)) },
  { name: "record-conflict", open: record(clash) },
  {
    name: "merge",
    open: under(clash, "/merge", (page) => page.locator(".cm-content").waitFor()),
  },
];
