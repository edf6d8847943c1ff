/**
 * The exported handbook as a reader meets it: opened from the disk in a real Chromium. Of real
 * handbooks too, where they are at hand: those of GUILDHALL_CORPORA or of ../shared/corpora.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { AxeBuilder } from "@axe-core/playwright";
import {
  type Browser,
  type BrowserContextOptions,
  expect,
  type Page,
  test,
} from "@playwright/test";
import { root } from "#build/paths.ts";
import { guildhall } from "#test/support/guildhall.ts";
import { exportHandbook } from "#test/support/handbook-export.ts";
import { launchBrowser } from "#test/support/launch-chromium.ts";
import { temporaryFolder, type TemporaryFolder } from "#test/support/temporary-folder.ts";
import { createTestEngine } from "#test/support/test-engine.ts";
import { importPaths } from "#test/support/transfers.ts";

const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const shown = ["index.html", "playbooks/index.html", "departments/index.html", "tags/index.html"];

let folder: TemporaryFolder;
let site: string;
let browser: Browser;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  folder = temporaryFolder();
  site = path.join(folder.path, "handbook");
  const profile = path.join(folder.path, "profile");
  const who = ["--name", "Ada Example", "--department", "Customer Support", "--sample"];
  await guildhall(["init", "--profile", profile, ...who]);
  const report: unknown = JSON.parse(
    await guildhall(["export-handbook", site, "--profile", profile, "--json"]),
  );
  expect(report).toMatchObject({ unchanged: 0, removed: 0, skipped: [] });
  browser = await launchBrowser();
});

test.afterAll(async () => {
  await browser.close();
  folder[Symbol.dispose]();
});

type Opened = AsyncDisposable & { readonly page: Page; readonly complaints: readonly string[] };

/** A page in a context of its own; whatever it complains of is kept. */
async function open(place: string, options: BrowserContextOptions = {}): Promise<Opened> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() !== "log") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("requestfailed", (request) => {
    // What a page was still fetching when it was left is given up.
    if (request.failure()?.errorText === "net::ERR_ABORTED") return;
    complaints.push(`${request.url()} failed`);
  });
  page.on("request", (request) => {
    if (!request.url().startsWith("file://")) complaints.push(`${request.url()} was asked for`);
  });
  await page.goto(pathToFileURL(path.join(site, place)).href);
  return { page, complaints, [Symbol.asyncDispose]: () => context.close() };
}

function pageOf(start: string): string {
  const [type = ""] = start.split("/");
  const name = readdirSync(path.join(site, type)).find((file) =>
    `${type}/${file}`.startsWith(start),
  );
  if (name === undefined) throw new Error(`No page begins with ${start}.`);
  return `${type}/${name}`;
}

async function problems(page: Page, where: string): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze();
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html }) => `${where}: ${id} (${help}): ${html.slice(0, 160)}`),
  );
}

test("a page is found by a misspelled word, which is named as it was understood", async () => {
  await using opened = await open("index.html");
  const { page, complaints } = opened;
  const index = page.locator('script[src="search/pages.js"]');
  await expect(index).toHaveCount(0);
  await page.getByRole("searchbox").focus();
  await expect(index).toHaveCount(1);
  await page.getByRole("searchbox").pressSequentially("invioce");
  await expect(page.locator("#found")).toContainText("results for invoice");
  await page.getByRole("link", { name: "Answer an invoice dispute" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Answer an invoice dispute");
  await page.goBack();
  // What was asked for is still there.
  await expect(page.getByRole("link", { name: "Answer an invoice dispute" })).toBeVisible();
  expect(complaints).toEqual([]);
});

test("every page and every link of it leads to a file that is there", async () => {
  const files = new Set(
    readdirSync(site, { recursive: true }).map((file) => String(file).split(path.sep).join("/")),
  );
  const broken: string[] = [];
  for (const file of files) {
    if (!file.endsWith(".html")) continue;
    const html = readFileSync(path.join(site, file), "utf8");
    for (const [, address = ""] of html.matchAll(/\s(?:href|src)="([^"]*)"/gu)) {
      if (/^(?:https?:|mailto:)/u.test(address)) continue;
      const [place = "", fragment] = address.replaceAll("&#x26;", "&").split("#");
      const target = place === "" ? file : path.posix.join(path.posix.dirname(file), place);
      if (!files.has(target)) broken.push(`${file} leads to ${target}`);
      else if (
        fragment !== undefined &&
        place === "" &&
        !html.includes(`id="${decodeURIComponent(fragment)}"`)
      )
        broken.push(`${file} jumps to ${fragment}`);
    }
  }
  expect(broken).toEqual([]);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`is clean by axe in the ${colorScheme} theme, its results too`, async () => {
    test.setTimeout(180_000);
    await using opened = await open("index.html", { colorScheme });
    const { page } = opened;
    const found: string[] = [];
    const places = [
      ...shown,
      pageOf("playbooks/answer-an-invoice"),
      pageOf("lessons/an-invoice-total"),
      pageOf("playbooks/what-may-go"),
    ];
    for (const place of places) {
      await page.goto(pathToFileURL(path.join(site, place)).href);
      found.push(...(await problems(page, place)));
    }
    await page.getByRole("searchbox").fill("invoice");
    await page.locator(".hits a").first().waitFor();
    found.push(...(await problems(page, "results")));
    // Its complaints are axe's own: the page's policy does not let it fetch style sheets.
    expect(found).toEqual([]);
  });
}

test("the keyboard alone finds a page, reads it and copies its prompt", async () => {
  await using opened = await open("index.html", {
    permissions: ["clipboard-read", "clipboard-write"],
  });
  const { page } = opened;
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the page" })).toBeFocused();
  for (let press = 0; press < 20; press += 1) {
    await page.keyboard.press("Tab");
    if (await page.getByRole("searchbox").evaluate((input) => input === document.activeElement))
      break;
  }
  await page.keyboard.type("dispute ");
  await page.locator(".hits a").first().waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowUp");
  await expect(page.locator(".hits a").first()).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("searchbox")).toBeFocused();
  await expect(page.getByRole("searchbox")).toHaveValue("");
  await page.keyboard.type("invoice dispute");
  await page.locator(".hits a").first().waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Answer an invoice dispute");
  const copy = page.getByRole("button", { name: "Copy prompt" }).first();
  await copy.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: /Copied|Selected/u })).toBeVisible();
  expect((await page.evaluate(() => String(getSelection()))) + (await clipboard(page))).toContain(
    "List what the writer disputes",
  );
});

async function clipboard(page: Page): Promise<string> {
  return page.evaluate(() => navigator.clipboard.readText()).catch(() => "");
}

test("without scripts every page reads as well, and says what is missing", async () => {
  await using opened = await open("index.html", { javaScriptEnabled: false });
  const { page, complaints } = opened;
  await expect(page.getByText("Search needs scripts; the lists do not.")).toBeVisible();
  await expect(page.getByRole("searchbox")).toBeHidden();
  await page.getByRole("link", { name: "Billing" }).first().click();
  await page.getByRole("link", { name: "Answer an invoice dispute" }).click();
  await expect(page.getByText("Verified until 1 December 2026").first()).toBeVisible();
  await expect(page.getByText("List what the writer disputes")).toBeVisible();
  await expect(page.getByRole("button")).toHaveCount(0);
  expect(complaints).toEqual([]);
});

test("a page that was verified until a day says after it that it has expired", async () => {
  await using opened = await open("index.html");
  const { page } = opened;
  const place = pathToFileURL(path.join(site, pageOf("playbooks/answer-an-invoice"))).href;
  for (const [day, words] of [
    ["2026-10-01", "Verified until 1 December 2026"],
    ["2026-11-25", "Due for a check by 1 December 2026"],
    ["2026-12-01", "Due for a check by 1 December 2026"],
    ["2026-12-02", "Expired on 1 December 2026"],
  ] as const) {
    await page.clock.setFixedTime(new Date(`${day}T12:00:00Z`));
    await page.goto(place);
    await expect(page.locator("p.trust")).toContainText(words);
  }
});

test("a chosen theme holds on the next page", async () => {
  await using opened = await open("index.html", { colorScheme: "light" });
  const { page } = opened;
  const dark = () =>
    page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const before = await dark();
  await page.getByRole("button", { name: "Dark theme" }).click();
  expect(await dark()).not.toBe(before);
  await page.getByRole("link", { name: "Playbooks" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Playbooks" })).toBeVisible();
  expect(await dark()).not.toBe(before);
});

test("on paper it says that the copy is uncontrolled and of which day, and leaves the frame away", async () => {
  await using opened = await open(pageOf("playbooks/answer-an-invoice"));
  const { page } = opened;
  await page.emulateMedia({ media: "print" });
  await expect(
    page.getByText(/Uncontrolled copy when printed, state of \d+ \w+ \d{4}/u),
  ).toBeVisible();
  await expect(page.locator(".top")).toBeHidden();
  await expect(page.getByRole("button", { name: "Copy prompt" }).first()).toBeHidden();
  const pdf = await page.pdf({ format: "A4" });
  const pages = pdf.toString("latin1").match(/\/Type\s*\/Page[^s]/gu) ?? [];
  expect(pages.length).toBeGreaterThan(1);
});

test("fits a narrow screen and text twice as large without scrolling sideways", async () => {
  for (const options of [
    { viewport: { width: 320, height: 640 } },
    { viewport: { width: 640, height: 480 }, deviceScaleFactor: 2 },
  ]) {
    await using opened = await open(pageOf("playbooks/answer-an-invoice"), options);
    const { page } = opened;
    for (const place of [...shown, pageOf("playbooks/answer-an-invoice")]) {
      await page.goto(pathToFileURL(path.join(site, place)).href);
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow, place).toBeLessThanOrEqual(0);
    }
  }
});

const corpora = process.env["GUILDHALL_CORPORA"] ?? path.join(root, "..", "shared", "corpora");

test("real handbooks become one that opens from the disk and is searched", async () => {
  test.skip(!existsSync(corpora), "There are no real handbooks here: set GUILDHALL_CORPORA.");
  test.setTimeout(600_000);
  await using app = await createTestEngine();
  const names = readdirSync(corpora, { withFileTypes: true }).filter((one) => one.isDirectory());
  for (const { name } of names) await importPaths(app, [path.join(corpora, name)]);
  const { records } = await app.client.records.list({ type: "playbook", limit: 1000 });
  const { records: more } = await app.client.records.list({
    type: "playbook",
    limit: 1000,
    offset: 1000,
  });
  for (const { id } of [...records, ...more]) {
    await app.client.records.edit({ id, fields: { status: "published" } });
  }
  const before = site;
  site = path.join(folder.path, "real");
  try {
    const report = await exportHandbook(app, site);
    expect(report).toMatchObject({ pages: records.length + more.length, skipped: [] });
    await using opened = await open("index.html");
    const { page, complaints } = opened;
    await page.getByRole("searchbox").pressSequentially("retrospectve");
    await expect(page.locator("#found")).toContainText("results for retrospective");
    const first = page.locator(".hits a").first();
    const title = await first.innerText();
    await first.click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
    await expect(page.locator("#main")).toContainText(/retrospective/iu);
    expect(complaints).toEqual([]);
    expect(await problems(page, "a page")).toEqual([]);
  } finally {
    site = before;
  }
});
