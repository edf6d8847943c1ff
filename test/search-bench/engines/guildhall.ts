/** Guildhall's own search, through the handlers that the window and the command line call. */
import { projected } from "#test/support/generate-corpus.ts";
import { createSearchBed } from "#test/support/search-bed.ts";
import { newRecordId } from "#shared/domain/ids.ts";
import { type Engine, judged } from "./engine.ts";

export const guildhall: Engine = async (documents) => {
  const bed = await createSearchBed();
  const { projector, handlers } = bed.search;
  const names = new Map<string, string>();
  await bed.databases.queue.run((db) => {
    for (const { id: name, title, body } of documents) {
      const id = newRecordId(bed.clock);
      names.set(id, name);
      projector.project(db, projected({ id, author: bed.author, type: "playbook", title, body }));
      for (const _ of projector.relieve?.(db) ?? []);
    }
    for (const _ of projector.finish?.(db) ?? []);
  });
  const pragma = (name: string) =>
    Number(bed.databases.read.prepare(`PRAGMA ${name}`).pluck().get());
  const ask = async (text: string) => {
    const query = { text, sort: "relevance", offset: 0, limit: judged, facets: false } as const;
    const { hits } = await handlers.query(query);
    return hits.map(({ id }) => names.get(id) ?? "");
  };
  return {
    find: (text) => ask(`${text} `),
    typing: ask,
    // What is written may still lie in the write-ahead log, so the file's own size tells too little.
    bytes: () => pragma("page_count") * pragma("page_size"),
    [Symbol.dispose]: () => bed[Symbol.dispose](),
  };
};
