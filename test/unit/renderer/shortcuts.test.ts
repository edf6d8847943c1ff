import { describe, expect, test } from "vitest";
import {
  isPlain,
  isPrinted,
  isShortcut,
  type Press,
  writePress,
} from "#renderer/platform/shortcuts.ts";

function press(key: string, held: Partial<Press> = {}): Press {
  const none = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
  return { key, code: "", ...none, ...held };
}

describe("keys in writing", () => {
  test.each([
    [press("k", { ctrlKey: true }), "Mod+K"],
    [press("F", { ctrlKey: true, shiftKey: true }), "Mod+Shift+F"],
    [press("?", { shiftKey: true }), "?"],
    [press("/"), "/"],
    [press("g"), "G"],
    [press("G", { shiftKey: true }), "Shift+G"],
    [press("ArrowLeft", { altKey: true }), "Alt+ArrowLeft"],
    [press(" "), "Space"],
    [press("Delete"), "Delete"],
  ])("%o is %s away from a Mac", (pressed, written) => {
    expect(writePress(pressed, false)).toBe(written);
  });

  test("on a Mac, Command is Mod and Control is itself", () => {
    expect(writePress(press("k", { metaKey: true }), true)).toBe("Mod+K");
    expect(writePress(press("k", { ctrlKey: true }), true)).toBe("Ctrl+K");
  });

  test("a modifier alone, and a dead key, say nothing yet", () => {
    expect(writePress(press("Control", { ctrlKey: true }), false)).toBeNull();
    expect(writePress(press("Dead"), false)).toBeNull();
  });

  test("a layout without Latin letters still has the shortcuts, by the place of the key", () => {
    expect(writePress(press("л", { code: "KeyK", ctrlKey: true }), false)).toBe("Mod+K");
  });

  test("a Latin layout goes by what is printed, not by the place", () => {
    expect(writePress(press("a", { code: "KeyQ" }), false)).toBe("A");
  });
});

describe("kinds of keys", () => {
  test("only what is held with Mod, Ctrl or Alt works in a field", () => {
    expect(["K", "Shift+K", "?", "Delete"].every(isPlain)).toBe(true);
    expect(["Mod+K", "Ctrl+K", "Alt+ArrowLeft"].some(isPlain)).toBe(false);
  });

  test("only keys that print a sign can be switched off", () => {
    expect(["J", "?", "Shift+G"].every(isPrinted)).toBe(true);
    expect(["Delete", "ArrowDown", "Mod+J"].some(isPrinted)).toBe(false);
  });

  test("what is stored is checked before it counts as keys", () => {
    expect(["Mod+K", "G H", "?", "Mod++", "Alt+ArrowLeft"].every(isShortcut)).toBe(true);
    expect(["", " ", "Mod+", "Hyper+K+J"].some(isShortcut)).toBe(false);
  });
});
