/** File names that every system takes: for what is exported, and for a word about what is imported. */

const reserved = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\.|$)/iu;
const refused = /[<>:"|?*\\]/u;
const longestName = 120;

/** Why Windows could not hold a file of this path, as a sentence; null when it could. */
export function windowsProblem(path: string): string | null {
  const bad = path.split("/").find((part) => safeName(part) !== part);
  if (bad === undefined) return null;
  return `The name “${bad}” cannot exist on Windows; an export writes “${safeName(bad)}” instead.`;
}

/** The path with every part made safe; null when nothing of it is left. */
export function safePath(path: string): string | null {
  const parts = path
    .replaceAll("\\", "/")
    .split("/")
    .filter((part) => part !== "" && part !== "." && part !== "..");
  return parts.length === 0 ? null : parts.map((part) => safeName(part)).join("/");
}

/** One name that every system takes, as like the given one as can be. */
export function safeName(name: string): string {
  let safe = "";
  for (const character of name.toWellFormed()) {
    const control = character < " " || character === "\u007f";
    safe += control || refused.test(character) || character === "/" ? "_" : character;
  }
  safe = shortened(safe).replace(/[. ]+$/u, (end) => "_".repeat(end.length));
  if (safe === "") return "_";
  return reserved.test(safe) ? `_${safe}` : safe;
}

/** A file name made of a title: words kept in any script, divided by hyphens. */
export function nameFromTitle(title: string): string {
  const words = title
    .normalize("NFC")
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, "-")
    .replaceAll(/^-+|-+$/gu, "")
    .toLowerCase();
  return safeName(Array.from(words).slice(0, 80).join("") || "untitled");
}

/** Long names keep their ending: it says what the file is. Counted in bytes, as file systems do. */
function shortened(name: string): string {
  if (Buffer.byteLength(name) <= longestName) return name;
  const dot = name.indexOf(".", Math.max(1, name.length - 20));
  const ending = dot === -1 ? "" : name.slice(dot);
  let kept = "";
  for (const character of name.slice(0, dot === -1 ? name.length : dot)) {
    if (Buffer.byteLength(kept + character + ending) > longestName) break;
    kept += character;
  }
  return kept + ending;
}
