/** Whatever people write, and whatever fails while they do, no log file ever holds their words. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { runEngine } from "#hosts/running-engine.ts";
import { contract } from "#shared/contract/index.ts";
import { createClient } from "#shared/rpc/client.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";

const canary = "Kanarienvogel";

test("no word, name, tag, query, path or passphrase of a person reaches the log", async () => {
  using folder = temporaryFolder();
  const profile = path.join(folder.path, "profile");
  const running = await runEngine({ profile, keyStore: null, logName: "engine" });
  const client = createClient(contract, running.serve);
  const failures: unknown[] = [];
  const attempt = async (call: Promise<unknown>) =>
    call.catch((error: unknown) => void failures.push(error));
  const ended = async ({ job }: { readonly job: string }) => {
    while ((await client.jobs.get({ id: job })).state === "running") {
      await new Promise((resolve) => setImmediate(resolve));
    }
  };

  await client.workspace.start({ name: canary, department: `${canary} care` });
  const fields = { title: canary, tags: [canary], summary: canary, handoff: { trigger: canary } };
  const { id } = await client.records.create({ type: "playbook", fields, body: `# ${canary}` });
  await client.records.edit({ id, fields: { title: `${canary} 2` }, note: canary });
  await client.drafts.save({ key: canary, type: "playbook", fields, body: canary });
  await client.search.query({ text: `${canary} tag:${canary} "${canary}`, facets: true });
  await client.search.save({ name: canary, text: canary });
  await client.search.switcher({ text: canary });

  const book = path.join(folder.path, canary);
  mkdirSync(book);
  writeFileSync(path.join(book, `${canary}.md`), `---\ntitle: [${canary}\n---\n${canary}`);
  writeFileSync(path.join(book, "bad.md"), Buffer.from(`\xff\xfe\0${canary}`, "latin1"));
  writeFileSync(path.join(book, "bad.zip"), `PK ${canary}`);
  const { id: selection } = running.engine.offerSelection([book], canary);
  const options = { as: "playbook", split: "heading" } as const;
  await ended(await client.transfers.importSelection({ selection, options, dryRun: false }));

  // What fails: refused input, unknown things, wrong passphrases, bugs that quote what they read.
  await attempt(client.records.create({ type: canary, fields, body: canary }));
  await attempt(client.records.edit({ id, fields: { [canary]: canary, risk_tier: canary } }));
  await attempt(client.records.get({ id: canary }));
  await client.workspace.protect({ passphrase: `${canary}-passphrase` });
  await attempt(client.workspace.protect({ passphrase: canary.slice(0, 7) }));
  await attempt(client.transfers.importSelection({ selection: canary, options, dryRun: true }));
  await attempt(client.jobs.get({ id: canary }));
  expect(failures.length).toBeGreaterThanOrEqual(6);
  await ended(await client.health.check({}));
  for (const error of [
    new SyntaxError(`Unexpected token K, "${canary}" is not valid JSON`),
    Object.assign(new Error(`no such column: ${JSON.stringify(canary)}`), { code: "SQLITE_ERROR" }),
    new Error(`ENOENT: no such file, open '${path.join(book, "x.md")}'`),
  ]) {
    running.logger.error("test", error);
  }
  await running.close();

  const logs = readdirSync(path.join(profile, "logs"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), "utf8"));
  expect(logs.join("").length).toBeGreaterThan(200);
  expect(logs.join("").toLowerCase()).not.toContain(canary.toLowerCase());
});
