/** Every screen of the app with the sample workspace in it, for specs that visit all of them. */
import type { Page } from "@playwright/test";
import { goTo } from "./go-to.ts";
import { clash } from "./shared-scene.ts";

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
  { name: "search-misspelled", open: at("/search?q=invioce", words("Answer an invoice dispute")) },
  {
    name: "search-in-vain",
    open: at("/search?q=holographic%20quilt", async (page) => {
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
  { name: "settings-shortcuts", open: at("/settings?section=shortcuts", words("Single letters are shortcuts")) },
  { name: "settings-device", open: at("/settings?section=device", words("Signing key")) },
  { name: "settings-workspace", open: at("/settings?section=workspace", words("Attachments")) },
  { name: "settings-sharing", open: at("/settings?section=sharing", words("Only you")) },
  { name: "share-alone", open: at("/share", words("Nothing is shared")) },
  { name: "share-start", open: at("/share?way=start", words("What will be in the folder")) },
  { name: "share-join", open: at("/share?way=join", title("Join a shared workspace")) },
];

/** What floats over a page, and what one does on the way. */
export const floatingScreens: readonly AppScreen[] = [
  {
    name: "switcher",
    open: at("/", async (page) => {
      await page.keyboard.press("ControlOrMeta+p");
      await page.getByRole("dialog").getByRole("option").first().waitFor();
    }),
  },
  {
    name: "shortcut-sheet",
    open: at("/", async (page) => {
      await page.getByRole("heading", { level: 1 }).focus();
      await page.keyboard.press("?");
      await page.getByRole("dialog").waitFor();
    }),
  },
  {
    name: "why-this-hit",
    open: at("/search?q=invioce%20dispute", async (page) => {
      await press(/^Why this hit/u)(page);
      await page.getByRole("dialog").getByRole("listitem").first().waitFor();
    }),
  },
  {
    name: "vocabulary-term",
    open: at("/list/vocabulary_term", async (page) => {
      await press("Add words")(page);
      await page.getByRole("dialog").waitFor();
    }),
  },
  {
    name: "new-menu",
    open: at("/", async (page) => {
      await press("New")(page);
      await page.getByRole("menu").waitFor();
    }),
  },
  {
    name: "record-menu",
    open: async (page) => {
      await record("What may go into a prompt")(page);
      await press("More actions")(page);
      await page.getByRole("menu").waitFor();
    },
  },
  {
    name: "list-ticked",
    open: at("/list/lesson", async (page) => {
      await rows(page);
      const tick = page.getByRole("main").getByRole("checkbox").first();
      if ((await tick.getAttribute("aria-checked")) !== "true") await tick.click();
      await words("1 ticked")(page);
    }),
  },
  {
    name: "edit-steps",
    open: under("Draft a reply to a customer", "/edit", async (page) => {
      await page.getByRole("tab", { name: /^Steps/u }).click();
      await page.getByRole("textbox").nth(2).waitFor();
    }),
  },
  {
    name: "edit-guardrails",
    open: under("Draft a reply to a customer", "/edit", async (page) => {
      await page.getByRole("tab", { name: /^Guardrails/u }).click();
      await words("Risk tier")(page);
    }),
  },
  {
    name: "drafts-full",
    open: at("/new/lesson", async (page) => {
      const field = page.getByRole("textbox", { name: "Title" });
      await field.fill("A reply that promised too much, and how we took it back");
      await page.getByText(/^Saved \d/u).waitFor();
      await goTo(page, "/drafts");
      await rows(page);
    }),
  },
  {
    name: "save",
    open: at("/new/lesson", async (page) => {
      await page
        .getByRole("textbox", { name: "Title" })
        .fill("What a short brief did to a summary");
      await page.getByText(/^Saved \d/u).waitFor();
      await page.keyboard.press("ControlOrMeta+s");
      await page.getByRole("dialog").waitFor();
    }),
  },
  {
    name: "import-plan",
    open: at("/import", async (page) => {
      await planImport(page);
    }),
  },
  {
    name: "import-done",
    open: at("/import", async (page) => {
      await planImport(page);
      await page.getByRole("button", { name: /^Import \d|Nothing to import/u }).waitFor();
      const importing = page.getByRole("button", { name: /^Import \d/u });
      if (await importing.isVisible()) {
        await importing.click();
        await page.getByRole("button", { name: "Import something else" }).waitFor();
      }
    }),
  },
  {
    name: "export-done",
    open: at("/export", async (page) => {
      const again = page.getByRole("button", { name: "Export something else" });
      if (await again.isVisible()) await again.click();
      await page.getByRole("radio", { name: /^Tools/u }).click();
      await press("Export as a ZIP file")(page);
      await words("The ZIP file is ready")(page);
    }),
  },
];

/** Three files, of which one leads nowhere, as a dry run sees them. */
async function planImport(page: Page): Promise<void> {
  const other = page.getByRole("button", { name: /^(?:Choose|Import) something else/u });
  if (await other.isVisible()) await other.click();
  const markdown = (name: string, text: string) => ({
    name,
    mimeType: "text/markdown",
    buffer: Buffer.from(text),
  });
  await page
    .locator("input[type=file]:not([webkitdirectory])")
    .setInputFiles([
      markdown(
        "returns.md",
        "---\ntags: [returns]\n---\n# Take a parcel back\n\nWithin 30 days.\n",
      ),
      markdown("broken-link.md", "# Where it leads\n\nSee [the rest](nowhere.md).\n"),
      markdown("empty.md", ""),
    ]);
  await words("Files found")(page);
}

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
  { name: "trash", open: at("/trash", rows) },
  { name: "history-compared", open: under(clash, "/history", words("Compare")) },
  { name: "conflicts", open: at("/conflicts", words(clash)) },
  { name: "record-conflict", open: record(clash) },
  {
    name: "merge",
    open: under(clash, "/merge", (page) => page.locator(".cm-content").waitFor()),
  },
];

/** Those on which one sees that something is wrong in the folder. */
export const troubledScreens: readonly AppScreen[] = [
  { name: "folder-trouble", open: at("/folder", words("Set aside")) },
];

/** Those of a workspace whose folder is away. */
export const lostScreens: readonly AppScreen[] = [
  {
    name: "share-lost",
    open: at("/share", async (page) => {
      await press("Look now")(page);
      await words("The shared folder")(page);
    }),
  },
  { name: "share-lost-status", open: at("/", press(/^Sharing:/u)) },
  { name: "folder-lost", open: at("/folder", words("The shared folder")) },
];
