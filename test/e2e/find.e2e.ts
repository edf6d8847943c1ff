/** From the first start to an answer in hand: the sample, the search, a page, its prompt. */
import { expect, goTo, test } from "#test/support/app-test.ts";

test("a first start opens the sample, and a question typed leads to a prompt on the clipboard", async ({
  launch,
}) => {
  const { page } = await launch();
  await page.getByRole("button", { name: "Open a sample workspace" }).click();
  await page
    .getByRole("navigation")
    .getByRole("link", { name: "Search" })
    .click({ timeout: 60_000 });
  await page.getByRole("combobox", { name: "Search everything" }).pressSequentially("draft a rep");
  const hit = page.getByRole("link", { name: "Draft a reply to a customer" });
  await expect(hit).toBeVisible();
  await hit.click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Draft a reply to a customer");

  const prompt = page.getByRole("region", { name: "Reply from facts" });
  await prompt.getByRole("textbox", { name: "language" }).fill("German");
  await prompt.getByRole("textbox", { name: "feeling" }).fill("relieved");
  await prompt.getByRole("textbox", { name: "facts" }).fill("- the parcel has arrived");
  await prompt.getByRole("textbox", { name: "sentences" }).fill("4");
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await prompt.getByRole("button", { name: "Copy prompt" }).click();
  await expect(prompt.getByRole("button", { name: "Copied" })).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain("Write a reply in German to a customer who feels relieved.");
  expect(copied).toContain("- the parcel has arrived");
  expect(copied).not.toContain("{{");
});

test("results follow the typing, filters are chips, and Escape leads back to the field", async ({
  launch,
  sampleProfile,
}) => {
  const { page } = await launch({ profile: sampleProfile });
  await page.getByRole("heading", { level: 1 }).waitFor();
  await goTo(page, "/search");
  const field = page.getByRole("combobox", { name: "Search everything" });
  await expect(field).toBeFocused();
  await page.keyboard.type("type:les");
  await expect(page.getByRole("option", { name: /Lesson/u })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(field).toHaveValue("type:lesson ");
  await page.keyboard.type("refund");
  await expect(
    page.getByRole("link", { name: "A hidden line in an email tried to redirect refunds" }),
  ).toBeVisible();
  await expect(page.getByRole("button", { name: /Remove the filter type Lesson/u })).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("list", { name: "Results" }).getByRole("link").first()).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(field).toBeFocused();
  await page.getByRole("button", { name: /Remove the filter type Lesson/u }).click();
  await expect(field).toHaveValue("refund");
  await expect(page.getByRole("link", { name: "Answer an invoice dispute" })).toBeVisible();

  await page.getByRole("button", { name: "Add filter" }).click();
  await page.getByRole("menuitem", { name: "Department" }).click();
  await expect(field).toBeFocused();
  await page.keyboard.type("bil");
  await expect(page.getByRole("option", { name: /Billing/u })).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(field).toHaveValue("refund department:Billing ");
});

test("text in other scripts is found by a part of it", async ({ launch, sampleProfile }) => {
  const { page } = await launch({ profile: sampleProfile });
  await page.getByRole("heading", { level: 1 }).waitFor();
  for (const [typed, title] of [
    ["敬語", "敬語の誤りが大阪のお客様を遠ざけた"],
    ["السخرية", "روبوت المحادثة لم يفهم السخرية"],
    ["gewahrleistung", "Eine Beschwerde auf Deutsch beantworten"],
  ] as const) {
    await goTo(page, `/search?q=${encodeURIComponent(typed)}`);
    await expect(page.getByRole("link", { name: title })).toBeVisible();
  }
});

test("nothing found offers the nearest words, and becomes a request that can be taken back", async ({
  launch,
  sampleProfile,
}) => {
  const { page } = await launch({ profile: sampleProfile });
  await page.getByRole("heading", { level: 1 }).waitFor();
  await goTo(page, "/search?q=invoize%20dispuet");
  await page.getByRole("button", { name: /^invoice disput/u }).click();
  await expect(page.getByRole("link", { name: "Answer an invoice dispute" })).toBeVisible();

  await goTo(page, "/search?q=zeppelin%20mooring");
  await page.getByRole("button", { name: "Ask for it" }).click();
  await page.getByRole("link", { name: "Open the request" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("zeppelin mooring");
  await page.getByRole("button", { name: "Undo" }).click();
  await goTo(page, "/search?q=zeppelin");
  await expect(page.getByRole("button", { name: "Ask for it" })).toBeVisible();
});

test("a search that is kept is found in the sidebar after a restart", async ({
  launch,
  sampleProfile,
}) => {
  const first = await launch({ profile: sampleProfile });
  await first.page.getByRole("heading", { level: 1 }).waitFor();
  await goTo(first.page, "/search?q=tag%3Anear-miss");
  await first.page.getByRole("button", { name: "Save", exact: true }).click();
  const name = first.page.getByRole("textbox", { name: "Name" });
  await name.fill("Near misses");
  await name.press("Enter");
  await expect(
    first.page.getByRole("navigation").getByRole("link", { name: /Near misses/u }),
  ).toBeVisible();
  await first.close();

  const second = await launch({ profile: sampleProfile });
  await second.page
    .getByRole("navigation")
    .getByRole("link", { name: /Near misses/u })
    .click();
  await expect(second.page.getByRole("combobox", { name: "Search everything" })).toHaveValue(
    "tag:near-miss",
  );
});

test("a word that the vocabulary takes for the same finds the page, and says so", async ({
  launch,
  sampleProfile,
}) => {
  const { page } = await launch({ profile: sampleProfile });
  await page.getByRole("heading", { level: 1 }).waitFor();
  await goTo(page, "/search?q=grumblesheet");
  await expect(page.getByText(/Nothing found for/u)).toBeVisible();
  await goTo(page, "/search");
  await page.getByRole("link", { name: "vocabulary", exact: true }).click();
  await page.getByRole("button", { name: "Add words" }).click();
  await page.getByRole("textbox", { name: "Word" }).fill("invoice");
  await page.getByRole("textbox", { name: "Also said" }).fill("grumblesheet");
  await page.getByRole("button", { name: "Keep" }).click();
  await expect(page.getByRole("list", { name: "Here" })).toContainText("grumblesheet");

  await goTo(page, "/search?q=grumblesheet");
  await expect(page.getByRole("link", { name: "Answer an invoice dispute" })).toBeVisible();
  await page.getByRole("button", { name: "Why this hit: Answer an invoice dispute" }).click();
  await expect(page.getByRole("dialog", { name: "Why this hit" })).toContainText(
    "which your vocabulary takes for the same",
  );
});

test("a search in vain is kept here, becomes a request in one click, and can be forgotten", async ({
  launch,
  sampleProfile,
}) => {
  const { page } = await launch({ profile: sampleProfile });
  await page.getByRole("heading", { level: 1 }).waitFor();
  for (const text of ["xqzzwv", "qwzxxv"]) {
    await goTo(page, `/search?q=${text}`);
    await page.locator(`[data-answers=${text}]`).waitFor();
    await goTo(page, "/search");
    await expect(page.getByRole("link", { name: text })).toBeVisible();
  }
  await page.getByRole("button", { name: "Ask for it: xqzzwv" }).click();
  await page.getByRole("link", { name: "Asked for" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("xqzzwv");
  await goTo(page, "/search");
  await page.getByRole("button", { name: "Forget qwzxxv" }).click();
  await expect(page.getByRole("link", { name: "qwzxxv" })).toBeHidden();
  await expect(page.getByRole("link", { name: "xqzzwv" })).toBeVisible();
});
