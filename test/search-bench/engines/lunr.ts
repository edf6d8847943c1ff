/** lunr with its defaults: stemming, stop words, any word. */
import lunr from "lunr";
import { type Engine, listed } from "./engine.ts";

export const lunrEngine: Engine = async (documents) => {
  const index = lunr(function build() {
    this.ref("id");
    this.field("title");
    this.field("body");
    for (const document of documents) this.add(document);
  });
  const ask = (text: string, typing: boolean) => {
    const words = lunr.tokenizer(text).map(String);
    const found = index.query((query) => {
      words.forEach((word, at) => {
        query.term(word, {});
        if (typing && at === words.length - 1) {
          query.term(word, { wildcard: lunr.Query.wildcard.TRAILING, usePipeline: false });
        }
      });
    });
    return found.slice(0, listed).map(({ ref }) => ref);
  };
  return {
    find: (text) => ask(text, false),
    typing: (text) => {
      try {
        return ask(text, true);
      } catch (error) {
        // Its token set throws on some words with digits: then it shows nothing.
        if (error instanceof TypeError) return [];
        throw error;
      }
    },
    bytes: () => JSON.stringify(index).length,
    [Symbol.dispose]: () => {},
  };
};
