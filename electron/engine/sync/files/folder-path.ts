/** Where a path leads on the disk: inside the folder, under a name that every file system takes as it is. */
import path from "node:path";

/** What Windows takes for a device, whatever ending follows. */
const deviceName = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\..*)?$/iu;

/**
 * Whether one part of a path is a plain name: nothing that leads elsewhere (`..`, a separator, a
 * drive, an alternate stream), that a system would trim, or that stands for bytes that are no text.
 */
export function isPlainName(name: string): boolean {
  if (name === "" || name.length > 255 || deviceName.test(name)) return false;
  return !/^\.{1,2}$|[/\\:\p{Cc}\ufffd]|[. ]$/u.test(name);
}

/** The absolute place of a path; undefined when it would not be a place inside the folder. */
export function placeIn(root: string, relative: string): string | undefined {
  if (relative === "") return root;
  const parts = relative.split("/");
  return parts.every(isPlainName) ? path.join(root, ...parts) : undefined;
}

/** The folders that a path leads through, from the outermost; not the last part, not the root. */
export function foldersAbove(relative: string): readonly string[] {
  const parts = relative.split("/").slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join("/"));
}
