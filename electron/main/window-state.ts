/** Where the window stood and how it looked, kept beside the profile's own files. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";

const stateSchema = z.object({
  x: z.number().int().optional(),
  y: z.number().int().optional(),
  width: z.number().int().min(480).default(1280),
  height: z.number().int().min(360).default(800),
  maximized: z.boolean().default(false),
  theme: z.enum(["system", "light", "dark"]).default("system"),
});
export type WindowState = z.infer<typeof stateSchema>;

type Area = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

/** The state that was kept; the default one where there is none or it cannot be read. */
export function readWindowState(file: string): WindowState {
  try {
    return stateSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    // The first start, or a file somebody broke: nothing but a window's place is lost.
    return stateSchema.parse({});
  }
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
