/**
 * `npm run screenshots`: every screen in the light and the dark theme at two window sizes, with the
 * sample workspace and without anything, as PNG files in out/screenshots. They are for looking at.
 */
import { mkdirSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import type { Page } from "@playwright/test";
import { build } from "#build/build.ts";
import { root } from "#build/paths.ts";
import { type AppScreen, appScreens, closeWhatFloats } from "#test/support/app-screens.ts";
import { floatingScreens } from "#test/support/floating-screens.ts";
import { lostScreens, sharedScreens, troubledScreens } from "#test/support/shared-screens.ts";
import { folderScreens } from "#test/support/folder-screens.ts";
import { goTo } from "#test/support/go-to.ts";
import { guildhall } from "#test/support/guildhall.ts";
import { launchChromium } from "#test/support/launch-chromium.ts";
import { launchElectron } from "#test/support/launch-electron.ts";
import { shareScene, troubleFolder } from "#test/support/shared-scene.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";

const { values } = parseArgs({
  options: {
    /** Takes them in an Electron window instead of a browser tab. */
    electron: { type: "boolean", default: false },
    /** Only screens whose name contains one of these: `--only share,members`. */
    only: { type: "string", default: "" },
    /** Windows of other sizes than the usual ones: `--size 390x800`. */
    size: { type: "string", multiple: true, default: ["1280x800", "900x600"] },
    /** The size of the text in percent. */
    text: { type: "string", default: "100" },
    /** High contrast, as the app's own setting has it. */
    contrast: { type: "boolean", default: false },
    /** The few colours of a system's contrast theme. */
    forced: { type: "boolean", default: false },
  },
});

const themes = ["light", "dark"] as const;
const sizes = values.size.map((size) => {
  const [width = 0, height = 0] = size.split("x").map(Number);
  return { width, height };
});
const folder = path.join(root, "out", "screenshots");
const launch = values.electron ? launchElectron : launchChromium;
const missed: string[] = [];

/** A workspace in which nobody has written anything. */
const emptyScreens: readonly AppScreen[] = [
  ["home", "/"],
  ["list", "/list/playbook"],
  ["search", "/search"],
  ["search-nothing", "/search?q=refund"],
  ["drafts", "/drafts"],
  ["trash", "/trash"],
  ["import", "/import"],
  ["export", "/export"],
].map(([name = "", address = "/"]) => ({
  name: `empty-${name}`,
  open: async (page) => {
    await goTo(page, address);
    await page.getByRole("main").getByRole("heading").first().waitFor({ state: "attached" });
    if (address.includes("?q=")) await page.locator("[data-answers]").waitFor();
  },
}));

await build({ print: console.log });
if (values.only === "") rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
await photograph(["--sample"], [...appScreens, ...floatingScreens]);
await photograph([], emptyScreens);
await photographShared();
await photographFolders();
await photographWelcome();
console.log(`The pictures are in ${path.relative(process.cwd(), folder)}.`);
if (missed.length > 0) {
  console.error(`Not reached: ${missed.join(", ")}.`);
  process.exitCode = 1;
}

async function photograph(words: readonly string[], screens: readonly AppScreen[]): Promise<void> {
  if (!screens.some(isWanted)) return;
  using home = temporaryFolder();
  const profile = path.join(home.path, "profile");
  const who = ["--name", "Ada Example", "--department", "Customer Support"];
  await guildhall(["init", "--profile", profile, ...who, ...words]);
  await visit(profile, screens);
}

function isWanted({ name }: AppScreen): boolean {
  return values.only.split(",").some((part) => name.includes(part));
}

async function visit(profile: string, screens: readonly AppScreen[]): Promise<void> {
  const wanted = screens.filter(isWanted);
  if (wanted.length === 0) return;
  const app = await launch({ profile });
  await app.page.getByRole("navigation").first().waitFor({ state: "attached" });
  for (const screen of wanted) await takeAll(app.page, screen);
  await app.close();
}

/** A workspace that two share: as it should be, then with a folder in trouble, then without it. */
async function photographShared(): Promise<void> {
  const all = [...sharedScreens, ...troubledScreens, ...lostScreens];
  if (!all.some(isWanted)) return;
  using home = temporaryFolder();
  const profile = path.join(home.path, "ada");
  const who = ["--name", "Ada Example", "--department", "Customer Support"];
  await guildhall(["init", "--profile", profile, ...who, "--sample"]);
  const shared = await shareScene(home.path, profile);
  await visit(profile, sharedScreens);
  await troubleFolder(shared, profile);
  await visit(profile, troubledScreens);
  renameSync(shared, `${shared} away`);
  await visit(profile, lostScreens);
}

/** In a tab no folder can be chosen. */
async function photographFolders(): Promise<void> {
  if (!values.electron) return;
  using home = temporaryFolder();
  const profile = path.join(home.path, "carla");
  const who = ["--name", "Carla Example", "--department", "Sales"];
  await guildhall(["init", "--profile", profile, ...who]);
  const app = await launchElectron({ profile });
  await app.page.getByRole("navigation").first().waitFor({ state: "attached" });
  const screens = await folderScreens(home.path, app);
  for (const screen of screens.filter(isWanted)) await takeAll(app.page, screen);
  await app.close();
}

async function photographWelcome(): Promise<void> {
  const screens = ["", "start", "join", "recover"].map((way) => ({
    name: way === "" ? "welcome" : `welcome-${way}`,
    open: async (page: Page) => {
      await goTo(page, way === "" ? "/" : `/share?way=${way}`);
      await page
        .getByRole("button", { name: way === "" ? "Open a sample workspace" : "Back" })
        .waitFor();
    },
  }));
  const app = await launch();
  for (const screen of screens.filter(isWanted)) await takeAll(app.page, screen);
  await app.close();
}

/** One screen that cannot be reached does not keep the others from being looked at. */
async function takeAll(page: Page, screen: AppScreen): Promise<void> {
  try {
    await take(page, screen);
    console.log(screen.name);
  } catch (error) {
    missed.push(screen.name);
    console.error(`${screen.name}: ${error instanceof Error ? error.message : String(error)}`);
    await closeWhatFloats(page);
  }
}

async function take(page: Page, { name, open }: AppScreen): Promise<void> {
  for (const size of sizes) {
    await page.setViewportSize(size);
    for (const colorScheme of themes) {
      const forcedColors = values.forced ? "active" : "none";
      await page.emulateMedia({ colorScheme, forcedColors, reducedMotion: "reduce" });
      await page.evaluate(
        ({ text, contrast }) => {
          const { style, dataset } = document.documentElement;
          style.setProperty("--text-scale", (Number(text) / 100).toString());
          if (contrast) dataset["contrast"] = "high";
        },
        { text: values.text, contrast: values.contrast },
      );
      await open(page);
      await page.evaluate(() => document.fonts.ready);
      // Two frames: one in which late answers are drawn, one in which they are painted.
      await page.evaluate(
        () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
      );
      const file = `${name}-${colorScheme}-${size.width.toString()}x${size.height.toString()}.png`;
      await page.screenshot({ path: path.join(folder, file) });
      await closeWhatFloats(page);
    }
  }
}
