/**
 * The exported handbook at 10,000 pages unless `size` says otherwise: what an export takes, and what
 * a reader waits for in a real Chromium that opens the pages from the disk.
 */
import { readdirSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "@playwright/test";
import { findProgram } from "#build/system-packages.ts";
import { type HandbookReport, handbookReportSchema } from "#shared/contract/handbook.ts";
import { randomFrom } from "#test/support/generate-corpus.ts";
import { launchBrowser } from "#test/support/launch-chromium.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { type BenchOptions, bytesIn } from "./bench.ts";
import { type EngineProcess, startEngine } from "./engine-process.ts";
import { corpus, seed, writeHandbook } from "./handbook.ts";
import { probeDuring, spread } from "./measure.ts";
import type { Row } from "./row.ts";
import { importFolder } from "./scene.ts";

const coldStarts = 8;
const queries = 60;

/** Measures exports, then the search in what was exported. */
export async function benchHandbook({ size = 10_000 }: BenchOptions): Promise<readonly Row[]> {
  using folder = temporaryFolder();
  const source = path.join(folder.path, "pages");
  const site = path.join(folder.path, "site");
  writeHandbook(source, size, "published");
  const rows: Row[] = [];
  {
    await using engine = await startEngine(path.join(folder.path, "profile"));
    await engine.client.workspace.start({ name: "Ana", department: "Support" });
    await importFolder(engine, source);
    rows.push(...(await measureExports(engine, site)));
    rows.push({ name: "memory at most", value: (await engine.usage()).mostMemory, unit: "MB" });
  }
  const largest = readdirSync(path.join(site, "search"), { withFileTypes: true }).length;
  rows.push(
    { name: "handbook on disk", value: bytesIn(site) / 1e6, unit: "MB" },
    { name: "of it the index", value: bytesIn(path.join(site, "search")) / 1e6, unit: "MB" },
    { name: "files of the index", value: largest, unit: "files" },
  );
  if (findProgram("chromium", "chromium-browser", "google-chrome") === undefined) {
    console.log("The search is not measured: there is no Chromium on the search path.");
    return rows;
  }
  return [...rows, ...(await measureSearch(site, size))];
}

async function measureExports(engine: EngineProcess, site: string): Promise<readonly Row[]> {
  const selection = await engine.offer(site);
  const run = async (): Promise<HandbookReport> =>
    handbookReportSchema().parse(
      await engine.finish(await engine.client.handbook.exportHandbook({ selection })),
    );
  let first: HandbookReport | undefined;
  const work = run().then((report) => void (first = report));
  const calls = await probeDuring(work, [
    {
      name: "call",
      call: () => engine.client.records.list({ type: "playbook", limit: 50 }),
    },
  ]);
  const again = await run();
  if (first === undefined || again.written !== 0) throw new Error("A second export wrote files.");
  return [
    { name: `export ${first.pages} pages`, value: first.ms / 1000, unit: "s" },
    { name: "export", value: (first.pages / first.ms) * 1000, unit: "pages/s" },
    { name: "export again, nothing changed", value: again.ms / 1000, unit: "s" },
    ...spread("a list meanwhile", calls.get("call") ?? []),
  ];
}

async function measureSearch(site: string, size: number): Promise<readonly Row[]> {
  const address = pathToFileURL(path.join(site, "index.html")).href;
  const cold: number[] = [];
  for (let index = 0; index < coldStarts; index += 1) {
    // A browser of its own each time: nothing is warm but the system's file cache.
    const browser = await launchBrowser();
    const page = await browser.newPage();
    await page.goto(address);
    cold.push(await msToHits(page, (corpus.words[index * 7] ?? "a").charAt(0)));
    await browser.close();
  }
  const browser = await launchBrowser();
  const page = await browser.newPage();
  await page.goto(address);
  const random = randomFrom(seed);
  const clean = { ms: [] as number[], found: 0 };
  const typed = { ms: [] as number[], found: 0 };
  for (let index = 0; index < queries; index += 1) {
    const wanted = corpus.record(Math.floor(random() * size)).title;
    for (const [result, text] of [
      [clean, wanted],
      [typed, misspelled(wanted, random)],
    ] as const) {
      result.ms.push(await msToHits(page, text));
      const titles = await page.locator(".hits li a").allInnerTexts();
      if (titles.slice(0, 10).includes(wanted)) result.found += 1;
    }
  }
  const keys: number[] = [];
  for (let index = 0; index < 12; index += 1) {
    const wanted = corpus.record(Math.floor(random() * size)).title.slice(0, 14);
    for (let end = 1; end <= wanted.length; end += 1) {
      if (/\S$/u.test(wanted.slice(0, end))) keys.push(await msToHits(page, wanted.slice(0, end)));
    }
  }
  await browser.close();
  return [
    ...spread("first hit after the first letter, cold, from a disk", cold, { atMost: 1000 }),
    ...spread("a whole title", clean.ms),
    ...spread("a whole title, one word misspelled", typed.ms),
    ...spread("any letter of typing", keys),
    { name: "title's page in the top 10", value: (clean.found / queries) * 100, unit: "%" },
    { name: "the same, one word misspelled", value: (typed.found / queries) * 100, unit: "%" },
  ];
}

/** One letter left out, doubled or changed with its neighbour in a word of four letters or more. */
function misspelled(title: string, random: () => number): string {
  const words = title.split(" ");
  const long = words.flatMap((word, index) => (word.length >= 4 ? [index] : []));
  const index = long[Math.floor(random() * long.length)] ?? 0;
  const word = words[index] ?? "";
  const at = 1 + Math.floor(random() * Math.max(1, word.length - 2));
  const edits = [
    word.slice(0, at) + word.slice(at + 1),
    word.slice(0, at) + word.charAt(at) + word.slice(at),
    word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2),
  ];
  words[index] = edits[Math.floor(random() * edits.length)] ?? word;
  return words.join(" ");
}

/** Milliseconds from the text in the field to its first hits, or to the word that there are none. */
function msToHits(page: Page, text: string): Promise<number> {
  return page.evaluate(async (text) => {
    const input = document.querySelector("input");
    const found = document.getElementById("found");
    if (input === null || found === null) throw new Error("The page has no search.");
    delete found.dataset["for"];
    const shown = new Promise<void>((resolve) => {
      const observer = new MutationObserver(() => {
        const there = found.dataset["for"] === text;
        if (!there || (found.querySelector("li") === null && !/No page/u.test(found.innerText)))
          return;
        observer.disconnect();
        resolve();
      });
      observer.observe(found, { subtree: true, childList: true, attributes: true });
    });
    const started = performance.now();
    input.value = text;
    input.dispatchEvent(new Event("input"));
    await shown;
    return performance.now() - started;
  }, text);
}
