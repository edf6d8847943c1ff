import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

type Colour = readonly [red: number, green: number, blue: number];
type Theme = "light" | "dark";
type Palette = ReadonlyMap<string, Readonly<Record<Theme, Colour>>>;

const css = readFileSync(new URL("../../../renderer/styles/tokens.css", import.meta.url), "utf8");
const normal = readPalette(":root {");
const high = new Map([...normal, ...readPalette(':root[data-contrast="high"] {')]);

const surfaces = [
  "--surface-page",
  "--surface-raised",
  "--surface-sunken",
  "--surface-hover",
  "--surface-selected",
  "--surface-code",
];
const texts = ["--text-main", "--text-secondary", "--text-faint", "--text-link"];
const onEverySurface = texts.flatMap((text) => surfaces.map((surface) => [text, surface] as const));
const named = [
  ["--accent-contrast", "--accent"],
  ["--accent-contrast", "--accent-hover"],
  ["--accent", "--surface-page"],
  ["--accent", "--surface-selected"],
  ["--danger", "--surface-raised"],
  ["--danger-contrast", "--danger"],
  ["--info-text", "--info-surface"],
  ["--good-text", "--good-surface"],
  ["--warn-text", "--warn-surface"],
  ["--bad-text", "--bad-surface"],
  ["--mark-text", "--mark-surface"],
  ["--added-text", "--added-surface"],
  ["--removed-text", "--removed-surface"],
  // A tooltip is the page inside out.
  ["--surface-page", "--text-main"],
  // What is wrong with a field, and a warning in a list, stand on the page itself.
  ["--bad-text", "--surface-page"],
  ["--bad-text", "--surface-raised"],
  ["--warn-text", "--surface-page"],
  ["--good-text", "--surface-page"],
  ["--danger", "--surface-page"],
] as const;
const controls = [
  ["--line-control", "--surface-page"],
  ["--line-control", "--surface-raised"],
  ["--focus", "--surface-page"],
  ["--focus", "--surface-raised"],
  ["--focus", "--surface-sunken"],
  ["--focus", "--surface-hover"],
  ["--accent", "--surface-raised"],
] as const;

const cases = (["light", "dark"] as const).flatMap((theme) => [
  { theme, name: "normal contrast", palette: normal, least: 4.5 },
  { theme, name: "high contrast", palette: high, least: 7 },
]);

describe.each(cases)("in $theme with $name", ({ theme, palette, least }) => {
  test.each([...onEverySurface, ...named])("%s can be read on %s", (text, surface) => {
    expect(contrast(palette, theme, [text, surface])).toBeGreaterThanOrEqual(least);
  });

  test.each(controls)("%s can be seen against %s", (line, surface) => {
    expect(contrast(palette, theme, [line, surface])).toBeGreaterThanOrEqual(3);
  });
});

test("every colour says its light and its dark value", () => {
  expect(normal.size).toBeGreaterThan(30);
  expect([...high.keys()].every((name) => normal.has(name))).toBe(true);
});

function contrast(
  palette: Palette,
  theme: Theme,
  [text, surface]: readonly [string, string],
): number {
  const levels = [text, surface].map((name) => luminance(colour(palette, name)[theme]));
  return (Math.max(...levels) + 0.05) / (Math.min(...levels) + 0.05);
}

function colour(palette: Palette, name: string): Readonly<Record<Theme, Colour>> {
  const found = palette.get(name);
  if (found === undefined) throw new Error(`tokens.css does not declare ${name}.`);
  return found;
}

/** https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(colour: Colour): number {
  const [red = 0, green = 0, blue = 0] = colour.map((value) => {
    const part = value / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function readPalette(selector: string): Palette {
  const start = css.indexOf(selector);
  const block = css.slice(start, css.indexOf("\n}", start));
  const declaration =
    /(?<name>--[\w-]+): light-dark\((?<light>#[0-9a-f]{6}), (?<dark>#[0-9a-f]{6})\)/gu;
  return new Map(
    [...block.matchAll(declaration)].map(({ groups }) => [
      groups?.name ?? "",
      { light: hex(groups?.light ?? ""), dark: hex(groups?.dark ?? "") },
    ]),
  );
}

function hex(text: string): Colour {
  const part = (at: number) => Number.parseInt(text.slice(at, at + 2), 16);
  return [part(1), part(3), part(5)];
}
