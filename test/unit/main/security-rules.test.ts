/** The rules of the window, each as a table. */
import { describe, expect, test } from "vitest";
import { isAppAddress } from "#main/security/app-address.ts";
import { createExternalOpener, isSafeExternalUrl } from "#main/security/external-urls.ts";
import { isAllowedNavigation } from "#main/security/navigation.ts";
import { isAllowedRequest } from "#main/security/network.ts";
import { allowedPermissions, isAllowedPermission } from "#main/security/permissions.ts";
import { isTrustedSender } from "#main/security/sender-validation.ts";
import { webPreferences } from "#main/security/web-preferences.ts";

test("the window's preferences are exactly these", () => {
  expect(webPreferences).toEqual({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    plugins: false,
    navigateOnDragDrop: false,
    safeDialogs: true,
    spellcheck: false,
  });
});

describe("permissions", () => {
  test("three are allowed, each with its reason", () => {
    expect([...allowedPermissions.keys()]).toEqual([
      "clipboard-sanitized-write",
      "notifications",
      "fullscreen",
    ]);
    for (const reason of allowedPermissions.values()) expect(reason.length).toBeGreaterThan(20);
  });

  test.each([
    ["clipboard-sanitized-write", "guildhall://app/", true],
    ["clipboard-sanitized-write", "https://example.com/", false],
    ["clipboard-sanitized-write", "", false],
    ["clipboard-read", "guildhall://app/", false],
    ["media", "guildhall://app/", false],
    ["geolocation", "guildhall://app/", false],
    ["openExternal", "guildhall://app/", false],
    ["fileSystem", "guildhall://app/", false],
    ["hid", "guildhall://app/", false],
  ])("%s for %j: %s", (permission, address, allowed) => {
    expect(isAllowedPermission(permission, address)).toBe(allowed);
  });
});

describe("addresses of our own", () => {
  test.each([
    ["guildhall://app/", true, true],
    ["guildhall://app/#/item/01j", true, true],
    ["guildhall://app/?a=b", true, true],
    ["guildhall://app/assets/main.js", true, false],
    ["GUILDHALL://app/", true, true],
    ["guildhall://application/", false, false],
    ["guildhall://app.example.com/", false, false],
    ["guildhall://app:80/", false, false],
    ["guildhall://somebody@app/", false, false],
    ["guildhall://item/01j", false, false],
    ["guildhall-asset://app/", false, false],
    ["https://example.com/guildhall://app/", false, false],
    ["file:///etc/passwd", false, false],
    ["javascript:alert(1)", false, false],
    ["data:text/html,hello", false, false],
    ["about:blank", false, false],
    ["", false, false],
  ])("%j: ours %s, to be navigated to %s", (address, ours, navigable) => {
    expect(isAppAddress(address)).toBe(ours);
    expect(isAllowedNavigation(address)).toBe(navigable);
  });
});

describe("requests", () => {
  test.each([
    ["guildhall://app/", true],
    ["guildhall-asset://attachment/0", true],
    ["data:image/png;base64,", true],
    ["blob:guildhall://app/1", true],
    ["http://127.0.0.1:9/", false],
    ["https://example.com/", false],
    ["wss://example.com/", false],
    ["file:///etc/passwd", false],
    ["chrome-extension://abc/", false],
    ["devtools://devtools/bundled/", false],
    ["nonsense", false],
  ])("%s: %s", (address, allowed) => {
    expect(isAllowedRequest(address, false)).toBe(allowed);
  });

  test("developer tools load their own pages while developing", () => {
    expect(isAllowedRequest("devtools://devtools/bundled/", true)).toBe(true);
  });
});

describe("ways out", () => {
  test.each([
    ["https://example.com/", true],
    ["https://example.com:8443/a?b#c", true],
    ["HTTPS://EXAMPLE.COM", true],
    ["https://例え.example/", true],
    ["mailto:ada@example.com", true],
    ["mailto:ada@example.com?subject=Hello", true],
    ["http://example.com/", false],
    ["https://user:secret@example.com/", false],
    ["https://user@example.com/", false],
    ["https:///", false],
    ["https://example.com/\n", false],
    [" https://example.com/", false],
    ["https://exa\u0000mple.com/", false],
    ["mailto:", false],
    ["mailto:ada@example.com?attach=/etc/passwd", false],
    ["mailto:ada@example.com?ATTACHMENT=a", false],
    ["file:///etc/passwd", false],
    ["javascript:alert(1)", false],
    ["data:text/html,a", false],
    ["smb://example.com/share", false],
    ["ms-msdt:/id", false],
    ["vscode://file/a", false],
    ["guildhall://app/", false],
    ["//example.com", false],
    ["/etc/passwd", false],
    ["C:\\Windows\\System32\\calc.exe", false],
    ["", false],
    [`https://example.com/${"a".repeat(4000)}`, false],
    [undefined, false],
    [null, false],
    [42, false],
    [{ href: "https://example.com/" }, false],
  ])("%j: %s", (url, safe) => {
    expect(isSafeExternalUrl(url)).toBe(safe);
  });

  test("a new site is asked about once, mail never, and a no opens nothing", async () => {
    const asked: string[] = [];
    const opened: string[] = [];
    const open = createExternalOpener({
      confirm: async (site) => {
        asked.push(site);
        return site !== "no.example.com";
      },
      open: async (url) => void opened.push(url),
    });
    expect(await open("https://yes.example.com/a")).toBe(true);
    expect(await open("https://yes.example.com/b")).toBe(true);
    expect(await open("https://no.example.com/")).toBe(false);
    expect(await open("https://no.example.com/")).toBe(false);
    expect(await open("mailto:ada@example.com")).toBe(true);
    expect(await open("file:///etc/passwd")).toBe(false);
    expect(asked).toEqual(["yes.example.com", "no.example.com", "no.example.com"]);
    expect(opened).toEqual([
      "https://yes.example.com/a",
      "https://yes.example.com/b",
      "mailto:ada@example.com",
    ]);
  });
});

describe("senders of messages", () => {
  const mainFrame = { url: "guildhall://app/#/" };
  const windows = new Set([7]);

  test.each([
    ["our window's main frame", { id: 7, frame: mainFrame, senderFrame: mainFrame }, true],
    ["another window", { id: 8, frame: mainFrame, senderFrame: mainFrame }, false],
    ["a frame that has gone", { id: 7, frame: mainFrame, senderFrame: null }, false],
    [
      "a frame inside",
      { id: 7, frame: mainFrame, senderFrame: { url: "guildhall://app/" } },
      false,
    ],
  ])("%s", (_name, { id, frame, senderFrame }, trusted) => {
    expect(isTrustedSender({ sender: { id, mainFrame: frame }, senderFrame }, windows)).toBe(
      trusted,
    );
  });

  test("our window while it shows another page", () => {
    const frame = { url: "data:text/html,crashed" };
    const event = { sender: { id: 7, mainFrame: frame }, senderFrame: frame };
    expect(isTrustedSender(event, windows)).toBe(false);
  });
});
