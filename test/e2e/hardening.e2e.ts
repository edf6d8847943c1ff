/** What a hostile text, a hostile page and a hostile script try, each of them seen to be refused. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { test as base, expect, type Page } from "@playwright/test";
import { guildhall, goTo } from "#test/support/app-test.ts";
import { launchChromium, type LaunchedChromium } from "#test/support/launch-chromium.ts";
import { launchElectron, type LaunchedElectron, readLog } from "#test/support/launch-electron.ts";
import type { LaunchedApp } from "#test/support/launched-app.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { setTrap, type Trap } from "#test/support/trap.ts";

type Fixtures = {
  readonly app: LaunchedApp;
  readonly trap: Trap;
  /** The id of a record whose text tries everything. */
  readonly hostile: string;
};

/** Refusals make the page's console complain; that is what these tests are about. */
const test = base.extend<Fixtures & { readonly profile: string }>({
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

const inElectron = () => test.info().project.name === "electron";

test("a hostile text is shown as text: no script, no frame, no remote picture, no way out", async ({
  hostile,
  app,
  trap,
}) => {
  const { page } = app;
  await goTo(page, `/item/${hostile}`);
  await expect(page.getByText("The end of the hostile text")).toBeVisible();
  const found = await page.evaluate(() => ({
    owned: Reflect.get(window, "owned") as unknown,
    elements: [
      ...document.querySelectorAll(
        "main script, iframe, object, embed, form, base, meta[http-equiv]",
      ),
    ].map(({ tagName }) => tagName),
    pictures: [...document.images].map(({ src }) => src).filter((src) => /^https?:/u.test(src)),
    handlers: [...document.querySelectorAll("main *")].flatMap((element) =>
      [...element.attributes].map(({ name }) => name).filter((name) => name.startsWith("on")),
    ),
    links: [...document.querySelectorAll("main a[href]")]
      .map((link) => link.getAttribute("href") ?? "")
      .filter((href) => /^\s*(?:javascript|data|vbscript|file):/iu.test(href)),
  }));
  expect({
    ...found,
    pictures: found.pictures.filter((src) => src.startsWith(trap.origin)),
  }).toEqual({
    owned: undefined,
    elements: [],
    pictures: [],
    handlers: [],
    links: [],
  });
  expect(trap.visitors).toEqual([]);
});

test("a remote picture, a request, a frame and a socket are refused by the policy", async ({
  app,
  trap,
}) => {
  await app.page.evaluate(async (origin) => {
    const loaded = (element: HTMLElement) =>
      new Promise((resolve) => {
        element.addEventListener("load", resolve);
        element.addEventListener("error", resolve);
      });
    const picture = document.createElement("img");
    picture.src = `${origin}/picture.png`;
    const pictureDone = loaded(picture);
    const frame = document.createElement("iframe");
    frame.src = `${origin}/frame`;
    document.body.append(picture, frame);
    await pictureDone;
    await fetch(`${origin}/request`).catch(() => {});
    await fetch("https://example.com/").catch(() => {});
    try {
      const socket = new WebSocket(`${origin.replace("http", "ws")}/socket`);
      socket.addEventListener("open", () => socket.send("owned"));
    } catch {
      // Refused at once, in some versions.
    }
  }, trap.origin);
  await expect
    .poll(() => refusals(app.page))
    .toEqual(expect.arrayContaining(["connect-src", "frame-src", "img-src"]));
  expect(trap.visitors).toEqual([]);
});

test("an inline script, a handler in an attribute and an eval are refused", async ({ app }) => {
  const outcome = await app.page.evaluate(
    () =>
      new Promise<readonly string[]>((resolve) => {
        // In a task of its own: what a debugger evaluates itself is exempt from the policy.
        setTimeout(() => {
          const results: string[] = [];
          const attempt = (name: string, run: () => void) => {
            try {
              run();
              results.push(`${name} was allowed`);
            } catch {
              results.push(`${name} was refused`);
            }
          };
          // oxlint-disable-next-line no-eval -- that it is refused is what is tested
          attempt("eval", () => globalThis.eval("window.owned = 'eval'"));
          // oxlint-disable-next-line typescript/no-implied-eval -- that it is refused is what is tested
          attempt("a function from text", () => new Function("window.owned = 'function'")());
          attempt("markup as text", () => {
            document.body.innerHTML = "<b>owned</b>";
          });
          attempt("an inline script", () => {
            const script = document.createElement("script");
            script.textContent = "window.owned = 'inline'";
            document.body.append(script);
          });
          const button = document.createElement("button");
          document.body.append(button);
          try {
            button.setAttribute("onclick", "window.owned = 'handler'");
          } catch {
            // Trusted types refuse the attribute where they know it; else the policy refuses to run it.
          }
          button.click();
          results.push(`owned: ${String(Reflect.get(window, "owned"))}`);
          resolve(results);
        });
      }),
  );
  expect(outcome).toEqual([
    "eval was refused",
    "a function from text was refused",
    "markup as text was refused",
    "an inline script was refused",
    "owned: undefined",
  ]);
  await expect
    .poll(() => refusals(app.page))
    .toEqual(expect.arrayContaining([expect.stringMatching(/script-src|trusted-types/u)]));
});

test("a script of another site is not loaded", async ({ app, trap }) => {
  await app.page.evaluate((origin) => {
    const script = document.createElement("script");
    try {
      script.src = `${origin}/script.js`;
    } catch {
      // Trusted types refuse the address itself.
      script.setAttribute("data-refused", "");
    }
    document.body.append(script);
  }, trap.origin);
  await expect
    .poll(() => refusals(app.page))
    .toEqual(expect.arrayContaining([expect.stringMatching(/script-src|trusted-types/u)]));
  expect(trap.visitors).toEqual([]);
});

test("a navigation elsewhere does not happen in the window, and takes no trace out of the tab", async ({
  app,
  trap,
}) => {
  await app.page.evaluate((origin) => {
    setTimeout(() => window.location.assign(`${origin}/elsewhere`));
  }, trap.origin);
  if (inElectron()) {
    await expect.poll(() => refusedKinds(app)).toContain("navigation");
    expect(app.page.url()).toMatch(/^guildhall:\/\/app\//u);
    expect(trap.visitors).toEqual([]);
    return;
  }
  await app.page.waitForURL(`${trap.origin}/elsewhere`);
  const visit = trap.visitors.find(({ path }) => path === "/elsewhere");
  expect(visit?.headers.referer).toBeUndefined();
});

test("a new window is not opened by the window, and has no way back to the tab", async ({
  app,
  trap,
}) => {
  const { page } = app;
  if (inElectron()) {
    const opened = await page.evaluate((origin) => window.open(`${origin}/window`), trap.origin);
    expect(opened).toBeNull();
    await expect.poll(() => refusedKinds(app)).toContain("window");
    const { app: electron } = app as LaunchedElectron;
    expect(
      await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length),
    ).toBe(1);
    expect(trap.visitors).toEqual([]);
    return;
  }
  const popup = page.context().waitForEvent("page");
  await page.evaluate((origin) => void window.open(`${origin}/window`), trap.origin);
  const other = await popup;
  await other.waitForLoadState();
  expect(await other.evaluate(() => window.opener === null)).toBe(true);
});

test("the page has no more of its host than it needs, and no devices at all", async ({ app }) => {
  const found = await app.page.evaluate(async () => ({
    bridge: Object.keys(Reflect.get(window, "guildhall") ?? {}).toSorted(),
    node: ["require", "process", "module", "Buffer", "electron", "ipcRenderer"].filter(
      (name) => name in window,
    ),
    camera: await navigator.mediaDevices
      ?.getUserMedia({ video: true })
      .then(() => "given")
      .catch(() => "refused"),
    place: await new Promise((resolve) => {
      navigator.geolocation.getCurrentPosition(
        () => resolve("given"),
        () => resolve("refused"),
      );
    }),
    file: await fetch("file:///etc/passwd").then(
      () => "read",
      () => "refused",
    ),
  }));
  expect(found.node).toEqual([]);
  expect([found.camera, found.place, found.file]).toEqual(["refused", "refused", "refused"]);
  expect(found.bridge).toEqual(
    inElectron()
      ? [
          "chooseExportFolder",
          "chooseFiles",
          "chooseFolder",
          "connect",
          "onNotice",
          "openExternal",
          "platform",
          "restartEngine",
          "saveDownload",
          "setTheme",
        ]
      : [],
  );
});

test("only web and mail addresses lead out, and a new site only after a yes", async ({ app }) => {
  test.skip(!inElectron(), "in a tab links are the browser's own");
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

test("a page in the same browser gets nothing out of Guildhall and nothing into it", async ({
  app,
  trap,
}) => {
  test.skip(inElectron(), "the window listens on no address");
  const { context, address } = app as LaunchedChromium;
  const { origin } = new URL(address);
  const thief = await context.newPage();
  const answers: number[] = [];
  thief.on("response", (response) => {
    if (response.url().startsWith(origin)) answers.push(response.status());
  });
  await thief.goto(trap.origin);
  const loot = await thief.evaluate(async (origin) => {
    const body = JSON.stringify({
      id: 1,
      group: "records",
      method: "create",
      input: { type: "lesson", fields: { title: "Planted" } },
    });
    const send = (init: RequestInit) =>
      fetch(`${origin}/rpc`, { method: "POST", credentials: "include", body, ...init }).then(
        (response) => response.type,
        () => "refused",
      );
    // A picture starts to load when it gets its address, so the listeners come first.
    const load = (element: HTMLScriptElement | HTMLImageElement, path: string) =>
      new Promise((resolve) => {
        element.addEventListener("load", () => resolve("loaded"));
        element.addEventListener("error", () => resolve("refused"));
        element.src = `${origin}${path}`;
        document.body.append(element);
      });
    const events = new EventSource(`${origin}/events`, { withCredentials: true });
    const heard = await new Promise((resolve) => {
      events.addEventListener("open", () => resolve("opened"));
      events.addEventListener("error", () => resolve("refused"));
    });
    events.close();
    return {
      json: await send({ headers: { "content-type": "application/json" } }),
      form: await send({ mode: "no-cors", headers: { "content-type": "text/plain" } }),
      page: await fetch(`${origin}/`, { credentials: "include" }).then(
        () => "read",
        () => "refused",
      ),
      script: await load(document.createElement("script"), "/assets/main.js"),
      picture: await load(document.createElement("img"), `/attachment/${"0".repeat(64)}`),
      heard,
    };
  }, origin);
  expect(loot).toEqual({
    json: "refused",
    // What came back cannot be read; the status says what it was.
    form: expect.stringMatching(/opaque|refused/u),
    page: "refused",
    script: "refused",
    picture: "refused",
    heard: "refused",
  });
  await thief.evaluate((origin) => {
    const frame = document.createElement("iframe");
    frame.src = `${origin}/`;
    document.body.append(frame);
  }, origin);
  await expect.poll(() => answers.length).toBeGreaterThanOrEqual(1);
  expect(answers.filter((status) => status < 400)).toEqual([]);
  const form = thief.waitForResponse(`${origin}/rpc`);
  await thief.evaluate((origin) => {
    const form = document.createElement("form");
    form.method = "POST";
    form.action = `${origin}/rpc`;
    document.body.append(form);
    form.submit();
  }, origin);
  expect((await form).status()).toBe(403);
  await app.page.reload();
  const lists = await app.page.evaluate(() =>
    fetch("/rpc", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ id: 1, group: "records", method: "list", input: { type: "lesson" } }),
    }).then((response) => response.json() as Promise<{ value: { total: number } }>),
  );
  expect(lists.value.total).toBe(0);
});

test("the address without its token, or with another one, shows a sentence and no page", async ({
  app,
}) => {
  test.skip(inElectron(), "the window has no address");
  const { browser, address } = app as LaunchedChromium;
  const stranger = await browser.newContext();
  const page = await stranger.newPage();
  for (const target of ["/", "/?token=guessed", "/index.html"]) {
    const response = await page.goto(new URL(target, address).href);
    expect(response?.status()).toBe(401);
    await expect(page.locator("body")).toContainText("Open the whole address");
  }
  await stranger.close();
  // The token is not left in the address, where it would end up in the history and in screenshots.
  expect(app.page.url()).not.toContain("token");
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

function refusals(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => Reflect.get(window, "refused") as string[]);
}

/** What the main process has refused so far, out of its log. */
function refusedKinds(app: LaunchedApp): readonly string[] {
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
