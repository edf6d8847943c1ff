/** The search of exported handbooks as a page runs it: its own scripts, in a world of their own. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import vm from "node:vm";
import { createSearchIndex, type SearchText } from "#engine/handbook/search-index.ts";
import { weakInQueries } from "#engine/search/analysis/stop-words.ts";

const folder = fileURLToPath(new URL("../../resources/handbook/scripts/", import.meta.url));

type Answer = {
  readonly hits: readonly { readonly page: number; readonly terms: readonly string[] }[];
  readonly corrected: string | null;
};

export type PageSearch = {
  readonly search: (text: string) => Promise<Answer>;
  readonly termOf: (word: string) => string;
};

type Scripts = {
  readonly createSearch: (lunr: unknown, load: (name: string) => Promise<unknown>) => PageSearch;
  readonly foldedWords: (text: string) => readonly string[];
  readonly partOf: (word: string) => string;
  readonly firstPartOf: (word: string) => string;
  readonly chunkOfOpenings: number;
};

/** lunr and the search script, loaded as a page loads them. */
export function loadPageScripts(): Scripts & { readonly lunr: unknown } {
  const world = vm.createContext({});
  for (const name of ["lunr.min.js", "words.js", "search.js"]) {
    vm.runInContext(readFileSync(`${folder}${name}`, "utf8"), world, { filename: name });
  }
  const { lunr, handbookSearch, handbookWords } = world as {
    lunr: unknown;
    handbookSearch: Pick<Scripts, "createSearch" | "chunkOfOpenings">;
    handbookWords: Omit<Scripts, "createSearch" | "chunkOfOpenings">;
  };
  return { ...handbookWords, ...handbookSearch, lunr };
}

/** A search over the texts, which become pages 0, 1, 2 and so on. `loaded` tells which parts it asked for. */
export async function searchOver(
  texts: readonly Partial<SearchText>[],
): Promise<PageSearch & { readonly words: readonly string[]; readonly loaded: readonly string[] }> {
  const index = createSearchIndex();
  for (const text of texts) index.add({ title: "", headings: "", tags: "", body: "", ...text });
  const parts = new Map<string, unknown>();
  const words: string[] = [];
  for await (const [name, part] of index.parts(() => Promise.resolve())) {
    parts.set(name, JSON.parse(JSON.stringify(part)));
    if (!name.startsWith("t-"))
      words.push(...part.words.split(" ").filter((_, at) => at % 2 === 0));
  }
  parts.set("pages", { names: [...parts.keys()], weak: weakInQueries });
  parts.set("spellings", index.spellings());
  const loaded: string[] = [];
  const { createSearch, lunr } = loadPageScripts();
  const search = createSearch(lunr, (name) => {
    loaded.push(name);
    if (!parts.has(name)) return Promise.reject(new Error(`There is no part ${name}.`));
    return Promise.resolve(parts.get(name));
  });
  return { ...search, words, loaded };
}
