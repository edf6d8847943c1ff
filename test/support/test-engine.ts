/** The whole engine on a profile of its own, with a client that calls it as a window would. */
import { fileURLToPath } from "node:url";
import { createEngine } from "#engine/create-engine.ts";
import type { Engine, KeyStore } from "#engine/engine.ts";
import { contract, type GuildhallClient } from "#shared/contract/index.ts";
import type { Job } from "#shared/contract/jobs.ts";
import type { RecordId } from "#shared/domain/ids.ts";
import { createClient } from "#shared/rpc/client.ts";
import { createServer, type Serve } from "#shared/rpc/server.ts";
import { temporaryFolder, type TemporaryFolder } from "./temporary-folder.ts";
import { type TestClock, testClock } from "./test-clock.ts";
import { type TestLogger, testLogger } from "./test-logger.ts";

type Options = {
  readonly seed?: number;
  /** Whether the workspace is started ("Ana" of "Support"); true unless it says otherwise. */
  readonly start?: boolean;
  /** Opens this profile and leaves it; otherwise the profile vanishes with the engine. */
  readonly profile?: string;
  readonly keyStore?: KeyStore;
  /** Whether it looks at the shared folder on its own; false unless it says otherwise. */
  readonly keepsInSync?: boolean;
};

export type TestEngine = AsyncDisposable & {
  readonly engine: Engine;
  readonly client: GuildhallClient;
  readonly serve: Serve;
  readonly clock: TestClock;
  readonly logger: TestLogger;
  readonly profile: string;
  /** Every event that was emitted, oldest first. */
  readonly events: readonly { readonly name: string; readonly payload: unknown }[];
  /** Errors behind calls that were answered with `internal`. */
  readonly internalErrors: readonly unknown[];
  /** Who started the workspace; the ids are of the workspace's first records. */
  readonly me: { readonly person: RecordId; readonly department: RecordId } | undefined;
  /** Resolves when the job that a call started has ended. */
  readonly ended: (job: { readonly job: string }) => Promise<Job>;
};

const sampleFolder = fileURLToPath(new URL("../../resources/sample", import.meta.url));
const handbookFolder = fileURLToPath(new URL("../../resources/handbook", import.meta.url));

/** `await using app = await createTestEngine()`. */
export async function createTestEngine(options: Options = {}): Promise<TestEngine> {
  const folder = options.profile === undefined ? temporaryFolder() : undefined;
  const profile = options.profile ?? folder?.path ?? "";
  const clock = testClock(options.seed);
  const logger = testLogger();
  const events: { name: string; payload: unknown }[] = [];
  const engine = await createEngine({
    profile,
    version: "0.0.0-test",
    clock,
    keyStore: options.keyStore ?? null,
    logger,
    emit: (name, payload) => void events.push({ name, payload }),
    sampleFolder,
    handbookFolder,
    keepsInSync: options.keepsInSync ?? false,
  });
  const internalErrors: unknown[] = [];
  const serve = createServer(contract, engine.handlers, {
    onInternalError: (error) => void internalErrors.push(error),
  });
  const client = createClient(contract, (request) => serve(structuredClone(request)));
  const dispose = () => close(engine, folder);
  const me = options.start === false ? undefined : await startWorkspace(client, dispose);
  return {
    engine,
    client,
    serve,
    clock,
    logger,
    profile,
    events,
    internalErrors,
    me,
    ended: ({ job }) => jobEnded(client, job),
    [Symbol.asyncDispose]: dispose,
  };
}

async function startWorkspace(client: GuildhallClient, dispose: () => Promise<void>) {
  try {
    const before = await client.workspace.state({});
    if (before.state === "empty") {
      await client.workspace.start({ name: "Ana", department: "Support" });
    }
    const { person, department } = await client.workspace.state({});
    if (person === null || department === null) throw new Error("The workspace did not start.");
    return { person: person.id, department: department.id };
  } catch (error) {
    await dispose();
    throw error;
  }
}

async function jobEnded(client: GuildhallClient, id: string): Promise<Job> {
  for (;;) {
    const job = await client.jobs.get({ id });
    if (job.state !== "running") return job;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function close(engine: Engine, folder: TemporaryFolder | undefined): Promise<void> {
  await engine.close();
  folder?.[Symbol.dispose]();
}
