/**
 * What only a window can show: a folder is chosen in the system's dialog, and the screen says what
 * lies in it, what was refused, and what came of it. Each changes what the next one starts from.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Page } from "@playwright/test";
import { answerDialogs } from "./answer-dialogs.ts";
import type { AppScreen } from "./app-screens.ts";
import { goTo } from "./go-to.ts";
import type { LaunchedElectron } from "./launch-electron.ts";
import { shareProfiles } from "./share-profiles.ts";

type Way = "start" | "join" | "recover";

/** The screens of sharing as a window shows them whose workspace is not shared yet. */
export async function folderScreens(
  place: string,
  app: LaunchedElectron,
): Promise<readonly AppScreen[]> {
  const { folder: theirs } = await shareProfiles(place);
  const empty = path.join(place, "Guildhall");
  const used = path.join(place, "Marketing");
  for (const one of [empty, used]) mkdirSync(one);
  writeFileSync(path.join(used, "Minutes of the offsite.docx"), "not Guildhall's");

  const chosen = (way: Way, folder: string) => async (page: Page) => {
    await answerDialogs(app, folder);
    await goTo(page, "/drafts");
    await goTo(page, `/share?way=${way}`);
    await page.getByRole("button", { name: "Choose the folder…" }).click();
    await page.getByRole("region", { name: "The shared folder" }).locator("strong").waitFor();
  };
  const refused = (way: Way, folder: string, code: string) => async (page: Page) => {
    await chosen(way, folder)(page);
    const field = page.getByRole("textbox", { name: /code$/u });
    if (code !== "") await field.fill(code);
    await page.getByRole("main").locator("button[type=submit]").click();
    await page.getByRole("alert").first().waitFor();
  };
  const sheet = page("Recovery sheet", async (screen) => {
    await chosen("start", empty)(screen);
    await screen.getByRole("button", { name: "Share it" }).click();
  });
  return [
    { name: "start-empty", open: chosen("start", empty) },
    { name: "start-other-files", open: chosen("start", used) },
    { name: "start-shared-already", open: chosen("start", theirs) },
    { name: "start-without-folder", open: withoutFolder },
    { name: "join-found", open: chosen("join", theirs) },
    { name: "join-empty", open: chosen("join", empty) },
    { name: "join-slip", open: refused("join", theirs, "abcde-fghij") },
    { name: "recover-slip", open: refused("recover", theirs, "abcd-efgh") },
    { name: "recovery-sheet", open: sheet },
  ];
}

async function withoutFolder(page: Page): Promise<void> {
  await goTo(page, "/drafts");
  await goTo(page, "/share?way=start");
  await page.getByRole("button", { name: "Share it" }).click();
  await page.getByRole("alert").first().waitFor();
}

/** Goes there once, and finds it as it was afterwards. */
function page(title: string, go: (page: Page) => Promise<void>): AppScreen["open"] {
  return async (screen) => {
    const heading = screen.getByRole("heading", { level: 1, name: title });
    await goTo(screen, "/share");
    if (!(await heading.isVisible())) await go(screen);
    await heading.waitFor();
  };
}
