/** The handbook's styles are files of their own: they must not drift from the app's. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const read = (place: string) => readFileSync(new URL(`../../../${place}`, import.meta.url), "utf8");
const app = read("renderer/styles/tokens.css");
const handbook = read("resources/handbook/styles/tokens.css");

/** The custom properties of the first block that opens with the words, and their values. */
function tokensIn(css: string, opening: string): ReadonlyMap<string, string> {
  const from = css.indexOf(opening);
  if (from === -1) throw new Error(`There is no ${opening}`);
  const block = css.slice(from, css.indexOf("}", from));
  const found = block.matchAll(/(?<name>--[a-z0-9-]+):\s*(?<value>[^;]+);/gu);
  return new Map([...found].map(({ groups }) => [groups?.["name"] ?? "", groups?.["value"] ?? ""]));
}

describe("the tokens of the handbook", () => {
  test.each([
    ["in normal contrast", ":root {", ":root {"],
    ["in high contrast", ':root[data-contrast="high"] {', "(prefers-contrast: more) {"],
  ])("have the app's values %s", (_, inApp, inHandbook) => {
    const theirs = tokensIn(app, inApp);
    const ours = tokensIn(handbook, inHandbook);
    // Its typefaces come in files of its own, or are those of the reader's machine.
    const own = new Set(["--interface", "--reading", "--code"]);
    const shared = [...ours].filter(([name]) => !own.has(name));
    expect(shared.length).toBeGreaterThan(12);
    expect(Object.fromEntries(shared)).toEqual(
      Object.fromEntries(shared.map(([name]) => [name, theirs.get(name)])),
    );
  });
});
