/** From the path of an address to a file of the bundle, and to nothing outside it. */
import { realpathSync } from "node:fs";
import path from "node:path";

/**
 * The absolute path of the bundled file, or undefined when the address names none: a path that
 * climbs out (plainly, encoded, or through a symbolic link), a broken encoding, a NUL.
 * `pathname` is as it stands in the address, still encoded.
 */
export function resolveAsset(folder: string, pathname: string): string | undefined {
  const decoded = decode(pathname);
  if (decoded === undefined || decoded.includes("\0") || decoded.includes("\\")) return undefined;
  // A name that still looks encoded was encoded twice, which no link of ours is.
  if (/%[0-9a-f]{2}/iu.test(decoded)) return undefined;
  const file = path.resolve(folder, decoded.replace(/^\/+/u, "") || "index.html");
  if (!isInside(folder, file)) return undefined;
  try {
    const real = realpathSync(file);
    return isInside(realpathSync(folder), real) ? real : undefined;
  } catch {
    // There is no such file.
    return undefined;
  }
}

function isInside(folder: string, file: string): boolean {
  const relative = path.relative(folder, file);
  return relative !== "" && !relative.startsWith("..") && !path.isAbsolute(relative);
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    // A stray percent sign is nobody's file name.
    return undefined;
  }
}
