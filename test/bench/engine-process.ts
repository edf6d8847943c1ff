/** An engine in a process of its own, as the app runs it, with a client and with what it uses. */
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { engineControl } from "#hosts/engine-control.ts";
import { forkedLanes, splitPort } from "#hosts/lanes.ts";
import { engineOptions } from "#hosts/small-memory.ts";
import { contract, type GuildhallClient } from "#shared/contract/index.ts";
import type { Json } from "#shared/domain/json.ts";
import { createClient } from "#shared/rpc/client.ts";
import { callPort } from "#shared/rpc/port.ts";
import { type Usage, usageLane } from "./usage.ts";

export type EngineProcess = AsyncDisposable & {
  readonly client: GuildhallClient;
  /** Says what may be imported from or exported to; answers the selection's id. */
  readonly offer: (path: string) => Promise<string>;
  /** What it used; the longest turns are those since the last asking. */
  readonly usage: () => Promise<Usage>;
  /** Resolves with the job's result when it has ended well. */
  readonly finish: (started: { readonly job: string }) => Promise<Json | null>;
};

const program = fileURLToPath(new URL("measured-engine.ts", import.meta.url));

/** Starts the engine on a profile; resolves when it is open. `node`: options for Node itself. */
export async function startEngine(
  profile: string,
  node: readonly string[] = [],
): Promise<EngineProcess> {
  const child = fork(program, [], {
    serialization: "advanced",
    execArgv: [...engineOptions, ...node],
  });
  const lanes = splitPort({
    post: (message) => void child.send(message as object),
    listen: (onMessage) => void child.on("message", onMessage),
  });
  const control = createClient(
    engineControl,
    callPort(splitPort(lanes.lane(forkedLanes.control)).lane("engine"), () => {}).send,
  ).engine;
  const asked: PromiseWithResolvers<Usage>[] = [];
  lanes.lane(usageLane).listen((message) => asked.shift()?.resolve(message as Usage));
  lanes.lane(forkedLanes.windows).post({ window: 1, state: "open" });
  const { send } = callPort(lanes.lane(forkedLanes.window(1)), () => {});
  const client = createClient(contract, send);
  await control.start({ profile, keyStore: false });
  return {
    client,
    offer: async (path) => (await control.offerSelection({ paths: [path], name: "bench" })).id,
    usage: () => {
      const one = Promise.withResolvers<Usage>();
      asked.push(one);
      lanes.lane(usageLane).post(null);
      return one.promise;
    },
    finish: (started) => jobResult(client, started.job),
    [Symbol.asyncDispose]: async () => {
      await control.close({});
      const ended = Promise.withResolvers<void>();
      child.on("exit", () => ended.resolve());
      child.disconnect();
      await ended.promise;
    },
  };
}

async function jobResult(client: GuildhallClient, id: string): Promise<Json | null> {
  for (;;) {
    const job = await client.jobs.get({ id });
    if (job.state === "failed") throw new Error(job.failure ?? "The job failed.");
    if (job.state !== "running") return client.jobs.result({ id });
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
