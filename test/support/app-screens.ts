/** Every screen of the app with the sample workspace in it, and the steps by which specs reach them. */
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

/** What floats must not stand before the next screen. In a field the key would empty it. */
export async function closeWhatFloats(page: Page): Promise<void> {
  const floating = page.locator("[role=dialog], [role=menu]").first();
  if (!(await floating.isVisible())) return;
  await page.keyboard.press("Escape");
  await floating.waitFor({ state: "hidden" });
}

/** The address of the page in view, behind `#`. */
export async function address(page: Page): Promise<string> {
  return page.evaluate(() => window.location.hash.slice(1));
}

export const at =
  (where: string, sign: (page: Page) => Promise<unknown>): AppScreen["open"] =>
  async (page) => {
    await goTo(page, where);
    await sign(page);
  };
export const title = (name: string | RegExp) => (page: Page) =>
  page.getByRole("heading", { level: 1, name }).waitFor();
export const words = (said: string | RegExp) => (page: Page) =>
  page.getByRole("main").getByText(said).first().waitFor();
export const rows = (page: Page) => page.getByRole("main").getByRole("listitem").first().waitFor();
export const under =
  (record: string, path: string, sign: (page: Page) => Promise<unknown>): AppScreen["open"] =>
  async (page) => {
    await openRecord(page, record);
    await goTo(page, `${(await address(page)).replace(/\?.*$/u, "")}${path}`);
    await sign(page);
  };
export const record = (name: string) => (page: Page) => openRecord(page, name);

export const press = (name: string | RegExp) => (page: Page) =>
  page.getByRole("button", { name }).first().click();

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
  { name: "search-misspelled", open: at("/search?q=invioce", words("Answer an invoice dispute")) },
  {
    name: "search-in-vain",
    open: at("/search?q=xqzzwv%20qqwz", async (page) => {
      await words("Nothing found for")(page);
      await goTo(page, "/search");
      await words("Searched for in vain")(page);
    }),
  },
  { name: "vocabulary", open: at("/list/vocabulary_term", title("Search vocabulary")) },
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
  {
    name: "settings-shortcuts",
    open: at("/settings?section=shortcuts", words("Single letters are shortcuts")),
  },
  { name: "settings-device", open: at("/settings?section=device", words("Signing key")) },
  { name: "settings-workspace", open: at("/settings?section=workspace", words("Attachments")) },
  { name: "settings-sharing", open: at("/settings?section=sharing", words("Only you")) },
  { name: "share-alone", open: at("/share", words("Nothing is shared")) },
  { name: "share-start", open: at("/share?way=start", words("What will be in the folder")) },
  { name: "share-join", open: at("/share?way=join", title("Join a shared workspace")) },
];
