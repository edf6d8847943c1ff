/**
 * An engine in a process of its own that imports, edits and drafts until it is killed; for the test
 * of crashes. Arguments: profile, folder to import, seed. Prints one JSON line after each answer it
 * got: what a person would by then believe to be safe.
 */
import { randomBytes } from "node:crypto";
import { createEngine } from "#engine/create-engine.ts";
import { contract } from "#shared/contract/index.ts";
import type { RecordId } from "#shared/domain/ids.ts";
import { createClient } from "#shared/rpc/client.ts";
import { createServer } from "#shared/rpc/server.ts";
import { testLogger } from "./test-logger.ts";

/** What was answered: a text that is the record's now, a draft, or a step of an import. */
export type Believed =
  | { readonly kind: "text"; readonly id: RecordId; readonly body: string }
  | { readonly kind: "draft"; readonly key: string; readonly body: string }
  | { readonly kind: "import"; readonly done: number };

const [profile = "", folder = "", seed = "1"] = process.argv.slice(2);

function say(line: Believed): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

const engine = await createEngine({
  profile,
  version: "0.0.0-test",
  clock: { now: Date.now, randomBytes },
  keyStore: null,
  logger: testLogger(),
  emit: (name, payload) => {
    if (name !== "job.progress") return;
    const { done } = contract.jobs.get.output.parse(payload);
    say({ kind: "import", done });
  },
  sampleFolder: "",
  handbookFolder: "",
});
const serve = createServer(contract, engine.handlers, {
  onInternalError: (error) => process.stderr.write(`${String(error)}\n`),
});
const client = createClient(contract, serve);

const text = (round: number) => `# Round ${round}\n\n${`Words of ${seed}. `.repeat(round % 50)}\n`;
let mine: RecordId | undefined;
for (let round = 0; ; round += 1) {
  const body = text(round);
  if (round % 7 === 0) {
    const selection = engine.offerSelection([folder], "Files");
    const options = { as: "lesson" as const };
    await client.transfers.importSelection({ selection: selection.id, options, dryRun: false });
  }
  if (mine === undefined || round % 5 === 0) {
    const made = await client.records.create({ type: "lesson", fields: { title: seed }, body });
    mine = made.id;
  } else {
    await client.records.edit({ id: mine, body });
  }
  say({ kind: "text", id: mine, body });
  const key = `new:lesson:${seed}`;
  await client.drafts.save({ key, type: "lesson", fields: {}, body });
  say({ kind: "draft", key, body });
}
