/** Search over two databases of its own: records go straight into the projection, without a log. */
import { createSearch, type Search } from "#engine/search/create-search.ts";
import type { Databases } from "#engine/db/database.ts";
import { openDatabases } from "#engine/db/open-databases.ts";
import type { ProjectedRecord } from "#engine/projections/projector.ts";
import type { contract } from "#shared/contract/index.ts";
import { search as searchContract } from "#shared/contract/search.ts";
import { newRecordId, type RecordId } from "#shared/domain/ids.ts";
import type { Client } from "#shared/rpc/define.ts";
import { projected } from "./generate-corpus.ts";
import { temporaryFolder } from "./temporary-folder.ts";
import { testClock, type TestClock } from "./test-clock.ts";

export type SearchBed = Disposable & {
  readonly search: Search;
  readonly databases: Databases;
  readonly clock: TestClock;
  readonly events: readonly string[];
  readonly author: RecordId;
  readonly newId: () => RecordId;
  /** A record of the given parts, not yet indexed. */
  readonly record: (parts: RecordParts) => ProjectedRecord;
  /** Indexes records in one transaction, as the engine does; answers their ids. */
  readonly put: (...records: readonly RecordParts[]) => Promise<readonly RecordId[]>;
  /** Asks the handlers as a caller does: input and output pass the contract. */
  readonly ask: Client<Pick<typeof contract, "search">>["search"];
  /** Titles of the hits, best first. */
  readonly titles: (text: string) => Promise<readonly string[]>;
};

export type RecordParts = Partial<ProjectedRecord> & { readonly title: string };

/** `using bed = await createSearchBed()`. */
export async function createSearchBed(): Promise<SearchBed> {
  const folder = temporaryFolder();
  const databases = openDatabases(folder.path);
  const clock = testClock();
  const events: string[] = [];
  const emit = (name: string) => void events.push(name);
  const search = createSearch({ read: databases.read, local: databases.local, clock, emit });
  await databases.queue.run((db) => db.exec(search.projector.schema));
  const author = newRecordId(clock);

  function record(parts: RecordParts): ProjectedRecord {
    const { title, body = "", type = "playbook" } = parts;
    const at = new Date(clock.now()).toISOString();
    const base = projected({ id: newRecordId(clock), author, type, title, body, at });
    return { ...base, ...parts };
  }

  const ask = Object.fromEntries(
    Object.entries(searchContract).map(([name, procedure]) => [
      name,
      async (input: unknown) => {
        const handler = search.handlers[name as "query"] as (input: unknown) => unknown;
        return procedure.output.parse(await handler(procedure.input.parse(input)));
      },
    ]),
  ) as SearchBed["ask"];

  return {
    search,
    databases,
    clock,
    events,
    author,
    newId: () => newRecordId(clock),
    record,
    put: (...records) =>
      databases.queue.run((db) => {
        const made = records.map(record);
        for (const one of made) search.projector.project(db, one);
        for (const _ of search.projector.finish?.(db) ?? []);
        return made.map(({ id }) => id);
      }),
    ask,
    titles: async (text) => (await ask.query({ text })).hits.map(({ title }) => title),
    [Symbol.dispose]: () => {
      databases.close();
      folder[Symbol.dispose]();
    },
  };
}
