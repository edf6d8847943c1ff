/**
 * `npm run screenshots`: every screen in the light and the dark theme at two window sizes, with the
 * sample workspace and without anything, as PNG files in out/screenshots. They are for looking at.
 */
import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import type { Page } from "@playwright/test";
import { build } from "#build/build.ts";
import { root } from "#build/paths.ts";
import { type AppScreen, appScreens, sharedScreens } from "#test/support/app-screens.ts";
import { goTo } from "#test/support/go-to.ts";
import { guildhall } from "#test/support/guildhall.ts";
import { launchChromium } from "#test/support/launch-chromium.ts";
import { launchElectron } from "#test/support/launch-electron.ts";
import { invite, shareProfiles, writeAtOnce } from "#test/support/share-profiles.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";

const { values } = parseArgs({
  options: {
    /** Takes them in an Electron window instead of a browser tab. */
    electron: { type: "boolean", default: false },
    /** Only screens whose name contains this. */
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
  },
}));

await build({ print: console.log });
if (values.only === "") rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
await photograph(["--sample"], appScreens);
await photograph([], emptyScreens);
await photographShared();
await photographWelcome();
console.log(`The pictures are in ${path.relative(process.cwd(), folder)}.`);

async function photograph(words: readonly string[], screens: readonly AppScreen[]): Promise<void> {
  const wanted = screens.filter(({ name }) => name.includes(values.only));
  if (wanted.length === 0) return;
  using home = temporaryFolder();
  const profile = path.join(home.path, "profile");
  const who = ["--name", "Ada Example", "--department", "Customer Support"];
  await guildhall(["init", "--profile", profile, ...who, ...words]);
  const app = await launch({ profile });
  await app.page.getByRole("navigation").first().waitFor({ state: "attached" });
  for (const screen of wanted) await takeAll(app.page, screen);
  await app.close();
}

/** A workspace that two share, and in which they have written over each other's words. */
async function photographShared(): Promise<void> {
  const wanted = sharedScreens.filter(({ name }) => name.includes(values.only));
  if (wanted.length === 0) return;
  using home = temporaryFolder();
  const profile = path.join(home.path, "ada");
  const who = ["--name", "Ada Example", "--department", "Customer Support"];
  await guildhall(["init", "--profile", profile, ...who, "--sample"]);
  await writeAtOnce(await shareProfiles(home.path, profile), "Draft a reply to a customer");
  await invite(profile, ["--role", "member"]);
  const app = await launch({ profile });
  await app.page.getByRole("navigation").first().waitFor({ state: "attached" });
  for (const screen of wanted) await takeAll(app.page, screen);
  await app.close();
}

async function photographWelcome(): Promise<void> {
  const app = await launch();
  for (const way of ["", "start", "join"]) {
    await takeAll(app.page, {
      name: way === "" ? "welcome" : `welcome-${way}`,
      open: async (page) => {
        await goTo(page, way === "" ? "/" : `/share?way=${way}`);
        await page
          .getByRole("button", { name: way === "" ? "Open a sample workspace" : "Back" })
          .waitFor();
      },
    });
  }
  await app.close();
}

async function takeAll(page: Page, { name, open }: AppScreen): Promise<void> {
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
      // What floats must not stand before the next picture; in a field the key would empty it.
      if (await page.locator("[role=dialog], [role=menu]").first().isVisible()) {
        await page.keyboard.press("Escape");
      }
    }
  }
  console.log(name);
}
