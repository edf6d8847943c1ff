/**
 * An engine in a process of its own that writes, looks at the shared folder and packs, and is killed
 * after so many calls to the folder, as by a power cut. Arguments: profile, how many calls, and what
 * its titles begin with.
 * Prints the titles that it was told are safe, one a line.
 */
import { randomBytes } from "node:crypto";
import { createEngine } from "#engine/create-engine.ts";
import { createFileFolder } from "#engine/sync/files/file-folder.ts";
import type { Folder } from "#engine/sync/folder.ts";
import { defaultPace } from "#engine/sync/pace.ts";
import { contract } from "#shared/contract/index.ts";
import { createClient } from "#shared/rpc/client.ts";
import { createServer } from "#shared/rpc/server.ts";
import { testLogger } from "./test-logger.ts";

const [profile = "", calls = "1", mark = "x"] = process.argv.slice(2);
let left = Number(calls);

/** The real folder; after the last call nothing is done any more, not even what ends a process well. */
function deadly(real: Folder): Folder {
  async function after<T>(call: Promise<T>): Promise<T> {
    const answer = await call;
    left -= 1;
    if (left <= 0) process.kill(process.pid, "SIGKILL");
    return answer;
  }
  return {
    list: (path) => after(real.list(path)),
    stat: (path) => after(real.stat(path)),
    read: (path, part) => after(real.read(path, part)),
    write: (path, bytes) => after(real.write(path, bytes)),
    rename: (from, to) => after(real.rename(from, to)),
    remove: (path) => after(real.remove(path)),
    makeFolder: (path) => after(real.makeFolder(path)),
    watch: (changed) => real.watch(changed),
  };
}

const engine = await createEngine({
  profile,
  version: "0.0.0-test",
  clock: { now: Date.now, randomBytes },
  keyStore: null,
  logger: testLogger(),
  emit: () => undefined,
  sampleFolder: "",
  handbookFolder: "",
  simulated: {
    openFolder: (root) => deadly(createFileFolder({ root })),
    pace: { ...defaultPace, pack: { ...defaultPace.pack, files: 2, bytes: 0, keep: 0 } },
  },
});
const serve = createServer(contract, engine.handlers, {
  onInternalError: (error) => process.stderr.write(`${String(error)}\n`),
});
const client = createClient(contract, serve);
for (let round = 0; round < 4; round += 1) {
  const title = `${mark} ${round}`;
  await client.records.create({ type: "lesson", fields: { title } });
  process.stdout.write(`${title}\n`);
  await client.sharing.sync({});
}
await client.sharing.compact({});
await client.sharing.sync({ full: true });
await engine.close();
process.stdout.write("ended\n");
