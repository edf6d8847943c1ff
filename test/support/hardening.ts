/** For the hardening tests: an app, a trap beside it, and a record whose text tries everything. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { test as base, type Page } from "@playwright/test";
import { guildhall } from "./guildhall.ts";
import { launchChromium } from "./launch-chromium.ts";
import { launchElectron, readLog } from "./launch-electron.ts";
import type { LaunchedApp } from "./launched-app.ts";
import { temporaryFolder } from "./temporary-folder.ts";
import { setTrap, type Trap } from "./trap.ts";

type Fixtures = {
  readonly app: LaunchedApp;
  readonly trap: Trap;
  /** The id of a record whose text tries everything. */
  readonly hostile: string;
};

/** Refusals make the page's console complain; that is what these tests are about. */
export const test = base.extend<Fixtures & { readonly profile: string }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the parameter's pattern.
  profile: async ({}, use) => {
    using folder = temporaryFolder();
    const profile = path.join(folder.path, "profile");
    await guildhall(["init", "--name", "Ada", "--department", "CX", "--profile", profile]);
    await use(profile);
  },
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the parameter's pattern.
  trap: async ({}, use) => {
    const trap = await setTrap();
    await use(trap);
    await trap.close();
  },
  hostile: async ({ profile, trap }, use) => {
    const file = path.join(profile, "hostile.md");
    writeFileSync(file, hostileMarkdown(trap.origin));
    const words = ["new", "playbook", "--title", "Hostile", "--body", file, "--json"];
    const made = await guildhall([...words, "--profile", profile]);
    await use((JSON.parse(made) as { id: string }).id);
  },
  app: async ({ profile }, use, testInfo) => {
    const launch = testInfo.project.name === "electron" ? launchElectron : launchChromium;
    const app = await launch({ profile });
    await app.page.getByRole("heading", { level: 1 }).first().waitFor();
    await watchRefusals(app.page);
    await use(app);
    await app.close();
  },
});

/** Collects what the content security policy refuses from now on. */
async function watchRefusals(page: Page): Promise<void> {
  await page.evaluate(() => {
    const refused: string[] = [];
    Reflect.set(window, "refused", refused);
    document.addEventListener("securitypolicyviolation", (event) => {
      refused.push(event.effectiveDirective);
    });
  });
}

/** The directives that have refused something so far. */
export function refusals(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => Reflect.get(window, "refused") as string[]);
}

/** What the main process has refused so far, out of its log. */
export function refusedKinds(app: LaunchedApp): readonly string[] {
  const lines = readLog(app.profile, "main") as readonly { message: string; kind?: string }[];
  return lines.filter(({ message }) => message === "page.refused").map(({ kind }) => kind ?? "");
}

function hostileMarkdown(origin: string): string {
  return `# Hostile

<script>window.owned = "script"</script>
<img src="${origin}/raw.png" onerror="window.owned = 'onerror'">
<iframe src="${origin}/frame"></iframe>
<svg onload="window.owned = 'svg'"><script>window.owned = "svg script"</script></svg>
<style>body { background: url(${origin}/style.png) }</style>
<base href="${origin}/"><meta http-equiv="refresh" content="0; url=${origin}/refresh">
<form action="${origin}/form"><button>Send</button></form>

![a remote picture](${origin}/picture.png)
![a picture as data](data:text/html,<script>window.owned='data'</script>)
[a script](javascript:window.owned='link') [another](JaVaScRiPt&colon;window.owned='entity')
[data](data:text/html;base64,PHNjcmlwdD4=) [a file](file:///etc/passwd) [vb](vbscript:owned)
<javascript:window.owned='auto'>

[reference]: javascript:window.owned='reference'
[a reference][reference]

${"> ".repeat(300)}deep

${"[".repeat(2000)}

The end of the hostile text
`;
}
