/**
 * Keys in writing ("Mod+Shift+F", "?", "G H" for one after the other) and keys as pressed. Pure, so
 * that the registry, the settings and the sheet agree on what a shortcut is.
 */

/** What of a keyboard event counts. */
export type Press = Pick<
  KeyboardEvent,
  "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey"
>;

const modifierKeys = new Set(["Control", "Meta", "Alt", "Shift", "AltGraph", "CapsLock"]);

/** What was pressed, in writing; null for a modifier alone. `mac` says which key is Mod. */
export function writePress(press: Press, mac: boolean): string | null {
  if (modifierKeys.has(press.key) || press.key === "Dead" || press.key === "Unidentified") {
    return null;
  }
  const key = keyName(press);
  const mod = mac ? press.metaKey : press.ctrlKey;
  const control = mac && press.ctrlKey;
  // Shift is part of a printed sign ("?"), and a modifier of everything else.
  const sign = key.length === 1 && !/[A-Z0-9]/u.test(key);
  const parts = [
    mod && "Mod",
    control && "Ctrl",
    press.altKey && "Alt",
    press.shiftKey && !sign && "Shift",
    key,
  ];
  return parts.filter((part) => part !== false).join("+");
}

/** Letters by what they print; where the layout prints no Latin letter, by where they lie. */
function keyName({ key, code }: Press): string {
  if (key === " ") return "Space";
  if (key.length > 1) return key;
  const latin = /^[\u0020-\u007e]$/u.test(key);
  const place = /^Key(?<letter>[A-Z])$/u.exec(code)?.groups?.letter;
  return latin || place === undefined ? key.toUpperCase() : place;
}

/** Whether the key is pressed without Mod, Ctrl or Alt: in a field it belongs to the field. */
export function isPlain(press: string): boolean {
  return !/^(?:Mod|Ctrl|Alt)\+./u.test(press);
}

/** Whether the key prints a sign: people who dictate switch these off (WCAG 2.1.4). */
export function isPrinted(press: string): boolean {
  return isPlain(press) && press.replace(/^Shift\+/u, "").length === 1;
}

/** Whether the text names keys in the way `writePress` writes them. */
export function isShortcut(keys: string): boolean {
  return keys
    .split(" ")
    .every((press) => /^(?:(?:Mod|Ctrl|Alt|Shift)\+)*(?:\+|[^+\s]+)$/u.test(press));
}
