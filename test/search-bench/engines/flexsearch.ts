/** FlexSearch's document index, with suggestions for what does not have every word. */
import { Charset, Document } from "flexsearch";
import { type Engine, listed } from "./engine.ts";

export const flexSearch: Engine = async (documents) => {
  const index = new Document({
    tokenize: "forward",
    encoder: Charset.LatinBalance,
    document: { id: "id", index: ["title", "body"] },
  });
  const names: string[] = [];
  for (const { id, title, body } of documents) index.add({ id: names.push(id), title, body });
  const ask = (text: string) => {
    const found = index.search(text, { limit: listed, suggest: true, merge: true });
    return found.slice(0, listed).map(({ id }) => names[Number(id) - 1] ?? "");
  };
  return { find: ask, typing: ask, bytes: () => null, [Symbol.dispose]: () => {} };
};
