/** What only Electron's window has to refuse. */
import { spawnSync } from "node:child_process";
import { expect } from "@playwright/test";
import { root } from "#build/paths.ts";
import { enginePid } from "#test/support/engine-pid.ts";
import { test } from "#test/support/hardening.ts";
import {
  electronForTests,
  launchElectron,
  type LaunchedElectron,
  readLog,
  sandboxSwitches,
} from "#test/support/launch-electron.ts";

test("only web and mail addresses lead out, and a new site only after a yes", async ({ app }) => {
  const { app: electron, page } = app as LaunchedElectron;
  await electron.evaluate(({ dialog, shell }) => {
    const opened: string[] = [];
    Reflect.set(globalThis, "opened", opened);
    shell.openExternal = async (url) => void opened.push(url);
    dialog.showMessageBox = async (...words: unknown[]) => {
      const { message } = words.at(-1) as { message: string };
      return { response: message.includes("yes.example.com") ? 0 : 1, checkboxChecked: false };
    };
  });
  const open = (url: string) => page.evaluate((url) => window.guildhall!.openExternal(url), url);
  expect(await open("https://yes.example.com/a")).toBe(true);
  expect(await open("https://no.example.com/a")).toBe(false);
  expect(await open("file:///etc/passwd")).toBe(false);
  expect(await open("javascript:alert(1)")).toBe(false);
  expect(await open("smb://example.com/share")).toBe(false);
  const opened = await electron.evaluate(() => Reflect.get(globalThis, "opened") as string[]);
  expect(opened).toEqual(["https://yes.example.com/a"]);
});

test("an engine that is killed comes back, and the page goes on where it was", async ({ app }) => {
  const { page, app: electron } = app as LaunchedElectron;
  const pid = await enginePid(electron);
  process.kill(pid, "SIGKILL");
  await expect
    .poll(async () => readLog(app.profile, "main").map(({ message }) => message))
    .toEqual(expect.arrayContaining(["engine.exited"]));
  await expect.poll(() => enginePid(electron).catch(() => pid)).not.toBe(pid);
  await expect
    .poll(
      () => readLog(app.profile, "main").filter((line) => line.message === "engine.ready").length,
    )
    .toBe(2);
  await page.getByRole("link", { name: "Drafts" }).first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Drafts");
});

test("the app ends its engine in order when the window is closed", async ({ profile }) => {
  const app = await launchElectron({ profile });
  await app.page.getByRole("heading", { level: 1 }).first().waitFor();
  const pid = await enginePid(app.app);
  await app.app.evaluate(({ app }) => app.quit()).catch(() => {});
  await expect.poll(() => isAlive(pid)).toBe(false);
  const lines = readLog(profile, "engine").map(({ message }) => message);
  expect(lines.at(-1)).toBe("engine.closed");
  await app.close();
});

test("a second start hands its link to the first and ends", async ({ profile }) => {
  const first = await launchElectron({ profile });
  await first.page.getByRole("heading", { level: 1 }).first().waitFor();
  const { environment, executable } = await electronForTests();
  const second = spawnSync(
    executable,
    [...sandboxSwitches(), root, "--profile", profile, "guildhall://search?q=refund"],
    { env: environment, cwd: root, timeout: 30_000 },
  );
  expect(second.status).toBe(0);
  await expect.poll(() => first.page.url()).toBe("guildhall://app/#/search?q=refund");
  await first.close();
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
