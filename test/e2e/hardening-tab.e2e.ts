/** What only the loopback host has to refuse: other pages of the same browser, and strangers. */
import { expect } from "@playwright/test";
import { test } from "#test/support/hardening.ts";
import type { LaunchedChromium } from "#test/support/launch-chromium.ts";

test("a page in the same browser gets nothing out of Guildhall and nothing into it", async ({
  app,
  trap,
}) => {
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
