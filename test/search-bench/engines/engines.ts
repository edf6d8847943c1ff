/** Every engine that is compared, by the name it has in tables. */
import type { Engine } from "./engine.ts";

export type EngineName = keyof typeof engines;

const porter = "porter unicode61 remove_diacritics 2";

/** Loaded one by one: each is measured in a process that holds no other. */
export const engines = {
  Guildhall: async () => (await import("./guildhall.ts")).guildhall,
  "FTS5, every word": async () =>
    (await import("./fts5.ts")).fts5({ tokenizer: "unicode61", joiner: "AND", title: 1 }),
  "FTS5, porter, any word": async () =>
    (await import("./fts5.ts")).fts5({ tokenizer: porter, joiner: "OR", title: 3 }),
  lunr: async () => (await import("./lunr.ts")).lunrEngine,
  MiniSearch: async () => (await import("./minisearch.ts")).miniSearch("default"),
  "MiniSearch, tuned": async () => (await import("./minisearch.ts")).miniSearch("tuned"),
  FlexSearch: async () => (await import("./flexsearch.ts")).flexSearch,
  Orama: async () => (await import("./orama.ts")).orama,
} satisfies Readonly<Record<string, () => Promise<Engine>>>;

/** Ours, and the one whose speed ours is held against. */
export const ours: EngineName = "Guildhall";
export const fastRival: EngineName = "FTS5, porter, any word";

/** Every name, ours first. */
export const engineNames = Object.keys(engines).filter(isEngineName);

/** Whether there is such an engine. */
export function isEngineName(name: string): name is EngineName {
  return Object.hasOwn(engines, name);
}
