/** The words of a term as they are typed and as they are kept. */
import type { VocabularyEntry } from "#shared/contract/search.ts";

/** One word or phrase a line, or parted by commas; each once, without the name itself. */
export function wordsIn(text: string, name: string): readonly string[] {
  const words = text
    .split(/[\n,;]/u)
    .map((word) => word.replaceAll(/\s+/gu, " ").trim())
    .filter((word) => word !== "");
  const seen = new Set([folded(name)]);
  return words.filter((word) => {
    const key = folded(word);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** The other words of an entry, beside its name. */
export function othersOf({ name, words }: Pick<VocabularyEntry, "name" | "words">): string[] {
  return words.filter((word) => folded(word) !== folded(name));
}

/** Case does not make another word. */
export function folded(word: string): string {
  return word.normalize("NFKC").trim().toLowerCase();
}

/** Whether the entry has what is looked for among its words. */
export function hasWord({ name, words }: VocabularyEntry, text: string): boolean {
  const wanted = folded(text);
  return [name, ...words].some((word) => folded(word).includes(wanted));
}

/** A term of the workspace that says nothing but that what Guildhall brings under its name is off. */
export function isSwitch(entry: VocabularyEntry): boolean {
  return entry.from === "workspace" && !entry.inForce && othersOf(entry).length === 0;
}
