/** Guildhall's own search, through the handlers that the window and the command line call. */
import path from "node:path";
import { openDatabases } from "#engine/db/open-databases.ts";
import { createSearch, type Search } from "#engine/search/create-search.ts";
import { projected } from "#test/support/generate-corpus.ts";
import { createSearchBed } from "#test/support/search-bed.ts";
import { type RecordId, recordIdSchema } from "#shared/domain/ids.ts";
import type { Document } from "../judged.ts";
import { type Engine, listed } from "./engine.ts";

export const guildhall: Engine = async (documents) => {
  const bed = await createSearchBed();
  const { projector, handlers } = bed.search;
  const names: string[] = [];
  const recordOf = (number: number, { title, body }: Document) =>
    projected({ id: idOf(number), author: bed.author, type: "playbook", title, body });
  await bed.databases.queue.run((db) => {
    for (const document of documents) {
      projector.project(db, recordOf(names.length, document));
      names.push(document.id);
      for (const _ of projector.relieve?.(db) ?? []);
    }
    for (const _ of projector.finish?.(db) ?? []);
  });
  const pragma = (name: string) =>
    Number(bed.databases.read.prepare(`PRAGMA ${name}`).pluck().get());
  const ask = async (text: string) => {
    const { hits } = await handlers.query(queryOf(text));
    return hits.map(({ id }) => names[Number(id)] ?? "");
  };
  return {
    find: (text) => ask(`${text} `),
    typing: ask,
    // What is written may still lie in the write-ahead log, so the file's own size tells too little.
    bytes: () => pragma("page_count") * pragma("page_size"),
    change: (document) =>
      bed.databases.queue.run((db) => {
        projector.project(db, recordOf(names.indexOf(document.id), document));
        for (const _ of projector.finish?.(db) ?? []);
      }),
    reopen: (text) => reopen(path.dirname(bed.databases.files.workspace), bed, text),
    [Symbol.dispose]: () => bed[Symbol.dispose](),
  };
};

/** Ids that tell their number need no table, which would look like memory of the search. */
function idOf(number: number): RecordId {
  return recordIdSchema.parse(String(number).padStart(26, "0"));
}

function queryOf(text: string) {
  return { text, sort: "relevance", offset: 0, limit: listed, facets: false } as const;
}

async function reopen(
  folder: string,
  { clock }: Pick<Parameters<typeof createSearch>[0], "clock">,
  text: string,
): Promise<void> {
  const databases = openDatabases(folder);
  try {
    const { read, local } = databases;
    const search: Search = createSearch({ read, local, clock, emit: () => undefined });
    await search.handlers.query(queryOf(text));
  } finally {
    databases.close();
  }
}
