/** Where the window stood and how it looked, kept beside the profile's own files. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";

const themes = ["system", "light", "dark"] as const;

export type WindowState = {
  readonly x?: number;
  readonly y?: number;
  readonly width: number;
  readonly height: number;
  readonly maximized: boolean;
  readonly theme: (typeof themes)[number];
};

type Area = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

/** The state that was kept; the default one where there is none or it cannot be read. */
export function readWindowState(file: string): WindowState {
  try {
    return stateOf(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    // The first start, or a file somebody broke: nothing but a window's place is lost.
    return stateOf({});
  }
}

/** Checked by hand: a schema library would take longer to load than the window to open. */
function stateOf(kept: unknown): WindowState {
  const field = (name: keyof WindowState): unknown => Reflect.get(Object(kept), name);
  const whole = (name: keyof WindowState): number | undefined => {
    const value = field(name);
    return typeof value === "number" && Number.isInteger(value) ? value : undefined;
  };
  const [x, y] = [whole("x"), whole("y")];
  return {
    ...(x !== undefined && { x }),
    ...(y !== undefined && { y }),
    width: Math.max(480, whole("width") ?? 1280),
    height: Math.max(360, whole("height") ?? 800),
    maximized: field("maximized") === true,
    theme: themes.find((theme) => theme === field("theme")) ?? "system",
  };
}

/** Keeps the state; written aside and renamed, so that a crash leaves the old one. */
export function keepWindowState(file: string, state: WindowState): void {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(`${file}.new`, JSON.stringify(state));
  renameSync(`${file}.new`, file);
}

/** A place at which at least a strip of the title bar lies on a screen that is still there. */
export function visibleBounds(state: WindowState, screens: readonly Area[]): Partial<Area> {
  const { x, y, width, height } = state;
  if (x === undefined || y === undefined) return { width, height };
  const seen = screens.some(
    (screen) =>
      x + width > screen.x + 80 &&
      x < screen.x + screen.width - 80 &&
      y >= screen.y - 10 &&
      y < screen.y + screen.height - 40,
  );
  return seen ? { x, y, width, height } : { width, height };
}
