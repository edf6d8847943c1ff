/** What a hostile text, a hostile page and a hostile script try, each of them seen to be refused. */
import { expect } from "@playwright/test";
import { goTo } from "#test/support/go-to.ts";
import { refusals, refusedKinds, test } from "#test/support/hardening.ts";
import type { LaunchedElectron } from "#test/support/launch-electron.ts";

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
          "openHandbook",
          "platform",
          "restartEngine",
          "saveDownload",
          "setTheme",
        ]
      : [],
  );
});
