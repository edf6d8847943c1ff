/** What floats over a page, and what one does on the way: menus, dialogs, an import, a draft. */
import type { Page } from "@playwright/test";
import { type AppScreen, at, press, record, rows, under, words } from "./app-screens.ts";
import { goTo } from "./go-to.ts";

/** With the sample workspace in it. */
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
