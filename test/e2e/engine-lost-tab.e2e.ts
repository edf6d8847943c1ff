/** In a browser tab: the host behind the tab goes away and is started again, and no word is lost. */
import { expect, goTo, test } from "#test/support/app-test.ts";

test("a tab says that nobody answers, keeps what is typed, and goes on after the next start", async ({
  context,
  sampleProfile,
  serve,
}) => {
  const first = await serve(sampleProfile);
  const page = await context.newPage();
  await page.goto(first.address);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await goTo(page, "/new/playbook");
  await page.getByRole("textbox", { name: "Title" }).fill("Written through a restart");
  await expect(page.getByText(/^Saved \d/u)).toBeVisible();

  await first.kill();
  const text = page.getByRole("textbox", { name: "How it is done" });
  await text.click();
  await page.keyboard.type("Nobody hears this yet.");
  await expect(page.getByText(/^Guildhall does not answer any more/u).first()).toBeVisible();
  await expect(page.getByText(/^Not saved/u)).toBeVisible();

  const { port } = new URL(first.address);
  const second = await serve(sampleProfile, { words: ["--port", port] });
  const other = await context.newPage();
  await other.goto(second.address);
  await expect(page.getByText(/^Guildhall does not answer any more/u)).toHaveCount(0);
  await expect(page.getByText(/^Saved \d/u)).toBeVisible();
  await expect(text).toHaveValue("Nobody hears this yet.");
  await page.reload();
  await expect(page.getByRole("textbox", { name: "Text in Markdown" })).toHaveText(
    "Nobody hears this yet.",
  );
});
