/** The window's place, paper and graphics, the key store's honesty, the menu's leads, the crash page's words. */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, describe, expect, test, vi } from "vitest";
import { crashPage } from "#main/crash-page.ts";
import { hasGraphicsDevice } from "#main/graphics.ts";
import { openKeyStore } from "#main/key-store.ts";
import { menuTemplate } from "#main/menu.ts";
import { paper } from "#main/paper.ts";
import { root } from "#build/paths.ts";
import { keepWindowState, readWindowState, visibleBounds } from "#main/window-state.ts";
import { parseRoute } from "#shared/navigation/route.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import type { HostNotice } from "#shared/contract/host-bridge.ts";

describe("the window's state", () => {
  const folder = temporaryFolder();
  const file = path.join(folder.path, "deep", "state.json");
  afterAll(() => folder[Symbol.dispose]());

  test("is kept and read again", () => {
    const state = { ...readWindowState(file), x: 5, y: 6, width: 900, theme: "dark" as const };
    keepWindowState(file, state);
    expect(readWindowState(file)).toEqual(state);
  });

  test("a broken file means the default place", () => {
    writeFileSync(file, '{"width": "wide"');
    expect(readWindowState(file)).toMatchObject({ width: 1280, height: 800, theme: "system" });
  });

  test.each([
    ["on the screen", 100, 100, true],
    ["beyond the right edge", 1900, 100, false],
    ["above the top", 100, -500, false],
    ["below the bottom", 100, 1070, false],
    ["a little to the left", -700, 100, true],
  ])("a window %s", (_name, x, y, seen) => {
    const screens = [{ x: 0, y: 0, width: 1920, height: 1080 }];
    const bounds = visibleBounds({ ...readWindowState(file), x, y, width: 800 }, screens);
    expect("x" in bounds).toBe(seen);
  });
});

describe("the window before its page", () => {
  test("has the paper of the page's style sheet in both themes", () => {
    const tokens = readFileSync(path.join(root, "renderer/styles/tokens.css"), "utf8");
    const [, light, dark] =
      /:root \{[^}]*--surface-page: light-dark\((#\w{6}), (#\w{6})\)/u.exec(tokens) ?? [];
    expect(paper).toEqual({ light, dark });
  });

  test.each([
    ["linux", ["/dev/dri"], true],
    ["linux", ["/dev/dxg"], true],
    ["linux", [], false],
    ["darwin", [], true],
    ["win32", [], true],
  ] as const)("on %s with %j may draw with a graphics processor: %s", (platform, files, may) => {
    expect(hasGraphicsDevice(platform, (file) => files.some((one) => one === file))).toBe(may);
  });
});

describe("the key store", () => {
  const storage = (backend: "basic_text" | "gnome_libsecret", available = true) => ({
    isEncryptionAvailable: () => available,
    getSelectedStorageBackend: () => backend,
    encryptString: (text: string) => Buffer.from(Buffer.from(text).toReversed()),
    decryptString: (bytes: Buffer) => Buffer.from(bytes.toReversed()).toString(),
  });

  test("wraps and unwraps bytes of every value", () => {
    const store = openKeyStore(storage("gnome_libsecret"), "linux");
    const secret = Uint8Array.from({ length: 256 }, (_, index) => index);
    const wrapped = store?.wrap(secret) ?? new Uint8Array();
    expect([...wrapped]).not.toEqual([...secret]);
    expect([...(store?.unwrap(wrapped) ?? [])]).toEqual([...secret]);
  });

  test("is none where Electron would only pretend", () => {
    expect(openKeyStore(storage("basic_text"), "linux")).toBeNull();
    expect(openKeyStore(storage("gnome_libsecret", false), "linux")).toBeNull();
    expect(openKeyStore(storage("basic_text"), "darwin")).not.toBeNull();
  });
});

describe("the menu", () => {
  test.each(["darwin", "linux", "win32"] as const)(
    "every item on %s leads somewhere",
    async (platform) => {
      const told: HostNotice[] = [];
      const items = menuTemplate(platform, (notice) => told.push(notice));
      const clicks = items
        .flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []))
        .flatMap(({ click }) => (click === undefined ? [] : [click as () => void]));
      for (const click of clicks) click();
      expect(clicks.length).toBeGreaterThan(10);
      await vi.waitFor(() => expect(told).toHaveLength(clicks.length));
      for (const notice of told) {
        if (notice.kind === "navigate") expect(parseRoute(notice.path)).not.toBeNull();
      }
    },
  );
});

test("the crash page shows the folder as words, whatever its name", () => {
  const page = decodeURIComponent(crashPage("/home/<script>alert(1)</script>"));
  expect(page).toContain("/home/&lt;script>");
  expect(page).not.toContain("<script>");
});
