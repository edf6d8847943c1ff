/** Records over the test foundation, without search and links: for tests of what records do. */
import { createProjections, type Projections } from "#engine/projections/projections.ts";
import { createRecordFold } from "#engine/records/create-record-fold.ts";
import { createRecordHandlers } from "#engine/records/record-handlers.ts";
import { createRecordStore } from "#engine/records/create-record-store.ts";
import type { RecordStore } from "#engine/records/record-store.ts";
import { contract } from "#shared/contract/index.ts";
import { createClient } from "#shared/rpc/client.ts";
import { createServer } from "#shared/rpc/server.ts";
import type { Client, Handlers } from "#shared/rpc/define.ts";
import { createTestFoundation, type TestFoundation } from "./test-foundation.ts";

const recordsOnly = { records: contract.records };

export type TestRecords = AsyncDisposable & {
  readonly foundation: TestFoundation;
  readonly store: RecordStore;
  readonly projections: Projections;
  /** The contract's `records` group, through a server as a window reaches it. */
  readonly records: Client<typeof recordsOnly>["records"];
};

type TestRecordsOptions = Pick<Parameters<typeof createRecordFold>[0], "judge"> & {
  readonly copyOf?: TestFoundation;
};

/** A workspace of its own for each seed. */
export async function createTestRecords(
  seed = 1,
  { copyOf, ...options }: TestRecordsOptions = {},
): Promise<TestRecords> {
  const foundation = await createTestFoundation(seed, copyOf && { copyOf });
  const { databases, log, clock, emit } = foundation;
  const projections = createProjections({
    log,
    fold: createRecordFold({ log, ...options }),
    projectors: [],
  });
  await databases.queue.run((db) => projections.prepare(db));
  const store = createRecordStore({ databases, log, projections, clock, emit });
  const unused = () => {
    throw new Error("No test of records asks for this.");
  };
  const handlers: Handlers<typeof recordsOnly> = {
    records: createRecordHandlers({
      databases,
      log,
      store,
      now: clock.now,
      links: unused,
      similar: unused,
      due: unused,
    }),
  };
  const serve = createServer(recordsOnly, handlers, {
    onInternalError: (error) => foundation.logger.error("internal", error),
  });
  const client = createClient(recordsOnly, serve);
  return {
    foundation,
    store,
    projections,
    records: client.records,
    [Symbol.asyncDispose]: () => foundation[Symbol.asyncDispose](),
  };
}
