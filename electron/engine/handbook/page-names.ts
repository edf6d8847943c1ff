/** Names of pages: readable, the same at every export, and good on every file system. */
import { titleKey } from "../records/opening.ts";
import { foldLetters } from "../search/analysis/fold.ts";

const longestSlug = 60;
const shortId = 8;

/** The words of a title in Latin letters; "page" where it has none. */
export function slugOf(title: string): string {
  const slug = foldLetters(title)
    .replaceAll(/['’]/gu, "")
    .replaceAll(/[^a-z0-9]+/gu, "-")
    .slice(0, longestSlug)
    .replaceAll(/^-+|-+$/gu, "");
  return slug === "" ? "page" : slug;
}

/**
 * Gives each record of a folder its page's path: `playbooks/refunds-7k2m9qx4.html`. All in lower
 * case, so no two differ by case alone; where short ids meet, the later one is written whole.
 */
export function createPageNames(): (folder: string, id: string, title: string) => string {
  const taken = new Set<string>();
  return (folder, id, title) => {
    const whole = id.toLowerCase();
    const path = (name: string) => `${folder}/${slugOf(title)}-${name}.html`;
    const short = path(whole.slice(-shortId));
    const chosen = taken.has(short) ? path(whole) : short;
    taken.add(chosen);
    return chosen;
  };
}

/** A title as it is compared: case, accents, and what stands between words do not make another. */
export function foldedTitle(title: string): string {
  return titleKey(title)
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
