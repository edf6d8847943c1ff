/**
 * Real handbooks: every folder of GUILDHALL_CORPORA, or of shared/corpora beside the repository. They
 * are nobody's to pass on, so they are not part of the repository; without them nothing is measured.
 */
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { root } from "#build/paths.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { bytesIn } from "./bench.ts";
import { startEngine } from "./engine-process.ts";
import { spread, timed, timedCalls } from "./measure.ts";
import type { Row } from "./row.ts";
import { importFolder } from "./scene.ts";

const place = process.env["GUILDHALL_CORPORA"] ?? path.join(root, "..", "shared", "corpora");
const queries = [
  "incident",
  "code review",
  "retrospective",
  "prompt",
  "on-call",
  "security",
  "test",
];

/** Imports each handbook into one workspace, then searches in it. */
export async function benchCorpora(): Promise<readonly Row[]> {
  if (!existsSync(place)) {
    console.log(
      "No real handbooks here: set GUILDHALL_CORPORA to a folder of them to measure more.",
    );
    return [];
  }
  using folder = temporaryFolder();
  await using engine = await startEngine(folder.path);
  await engine.client.workspace.start({ name: "Ana", department: "Support" });
  const rows: Row[] = [];
  let files = 0;
  let spent = 0;
  for (const { name } of readdirSync(place, { withFileTypes: true }).filter((e) =>
    e.isDirectory(),
  )) {
    const { ms, value } = await timed(() => importFolder(engine, path.join(place, name)));
    files += value.found;
    spent += ms;
    rows.push({ name: `import ${name}, ${value.found} files`, value: ms / 1000, unit: "s" });
  }
  const searches = await timedCalls(queries.length * 5, (index) =>
    engine.client.search.query({ text: queries[index % queries.length] ?? "", facets: true }),
  );
  return [
    ...rows,
    { name: `import all, ${files} files`, value: spent / 1000, unit: "s", target: { atMost: 10 } },
    {
      name: "import all",
      value: (files / spent) * 1000,
      unit: "files/s",
      target: { atLeast: 300 },
    },
    ...spread("search real handbooks", searches),
    { name: "memory at most", value: (await engine.usage()).mostMemory, unit: "MB" },
    { name: "on disk", value: bytesIn(folder.path) / 1e6, unit: "MB" },
  ];
}
