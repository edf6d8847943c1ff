/** MiniSearch: with its defaults, and as its guide tunes it, with the stemmer and stop words of ours. */
import MiniSearch from "minisearch";
import { isStopWord } from "#engine/search/analysis/stop-words.ts";
import { tokenize } from "#engine/search/analysis/tokenize.ts";
import { type Engine, listed } from "./engine.ts";

/** Builds either. */
export function miniSearch(how: "default" | "tuned"): Engine {
  return async (documents) => {
    const tuned = how === "tuned";
    const index = new MiniSearch({
      fields: ["title", "body"],
      ...(tuned && { processTerm: stemOf }),
    });
    index.addAll([...documents]);
    const ask = (text: string, typing: boolean) =>
      index
        .search(text, {
          ...(tuned && { boost: { title: 2 }, fuzzy: 0.2 }),
          prefix: (_, at, words) => typing && at === words.length - 1,
        })
        .slice(0, listed)
        .map(({ id }) => String(id));
    return {
      find: (text) => ask(text, false),
      typing: (text) => ask(text, true),
      bytes: () => JSON.stringify(index).length,
      [Symbol.dispose]: () => {},
    };
  };
}

function stemOf(word: string): string | null {
  const [token] = tokenize(word).tokens;
  return token === undefined || isStopWord(token.word) ? null : token.stem;
}
