/** In Electron's window: the engine dies again and again while somebody types, and no word is lost. */
import { enginePid } from "#test/support/engine-pid.ts";
import { expect, goTo, test } from "#test/support/app-test.ts";
import type { LaunchedElectron } from "#test/support/launch-electron.ts";

test("what is typed while the engine is killed stands in the draft that is kept", async ({
  launch,
  sampleProfile,
}) => {
  const { app, page } = (await launch({ profile: sampleProfile })) as LaunchedElectron;
  await page.getByRole("heading", { level: 1 }).waitFor();
  await goTo(page, "/new/playbook");
  await page.getByRole("textbox", { name: "Title" }).fill("Written through three crashes");
  const text = page.getByRole("textbox", { name: "How it is done" });
  await text.click();
  const sentences = ["Ask for the order.", " Look it up yourself.", " Then answer."];
  for (const sentence of sentences) {
    const before = await enginePid(app);
    await page.keyboard.type(sentence);
    process.kill(before, "SIGKILL");
    await expect.poll(() => enginePid(app).catch(() => before)).not.toBe(before);
  }
  await expect(page.getByText(/^Saved \d/u)).toBeVisible();
  await expect(page.getByText(/lost touch/iu)).toBeHidden();
  await page.reload();
  await expect(page.getByRole("textbox", { name: "Text in Markdown" })).toHaveText(
    sentences.join(""),
  );
  await expect(page.getByRole("textbox", { name: "Title" })).toHaveValue(
    "Written through three crashes",
  );
});
