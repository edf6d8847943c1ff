/** Whether this machine can draw with a graphics processor. */
import { existsSync } from "node:fs";

/**
 * False on Linux without a graphics device: a virtual machine, a container, a virtual display.
 * Chromium starts its GPU process there all the same, sees it fail, and starts it once more; a page
 * that asks for it in between waits for ever, with nothing in its window (about one start in ten).
 */
export function hasGraphicsDevice(
  platform: NodeJS.Platform,
  exists: (file: string) => boolean = existsSync,
): boolean {
  return platform !== "linux" || exists("/dev/dri") || exists("/dev/dxg");
}
