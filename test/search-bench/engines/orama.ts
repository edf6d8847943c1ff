/** Orama with its defaults, forgiving one slip. */
import { create, insertMultiple, save, search } from "@orama/orama";
import { type Engine, listed } from "./engine.ts";

export const orama: Engine = async (documents) => {
  const db = create({ schema: { name: "string", title: "string", body: "string" } });
  const all = Array.from(documents, ({ id, title, body }) => ({ name: id, title, body }));
  await insertMultiple(db, all, 500);
  const ask = async (text: string) => {
    const options = { term: text, properties: ["title", "body"] as ("title" | "body")[] };
    const { hits } = await search(db, { ...options, limit: listed, tolerance: 1 });
    return hits.map(({ document }) => document.name);
  };
  return {
    find: ask,
    typing: ask,
    bytes: () => JSON.stringify(save(db)).length,
    [Symbol.dispose]: () => {},
  };
};
