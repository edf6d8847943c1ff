/** A seeded handbook on the disk: Markdown files with front matter, headings and links to each other. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Corpus, generateCorpus, randomFrom } from "#test/support/generate-corpus.ts";

export const seed = 20_260_105;
export const corpus: Corpus = generateCorpus({ seed });

const perFolder = 100;

/**
 * Writes the pages below the folder. The same number of pages is always the same handbook. `status`
 * is that of every page; without it the pages say none.
 */
export function writeHandbook(folder: string, pages: number, status?: string): void {
  const more = status === undefined ? "" : `status: ${status}\n`;
  const random = randomFrom(seed);
  for (let index = 0; index < pages; index += 1) {
    const place = path.join(folder, placeOf(index));
    if (index % perFolder === 0) mkdirSync(path.dirname(place), { recursive: true });
    const others = [random(), random()].map((share) => placeOf(Math.floor(share * pages)));
    writeFileSync(place, pageText(index, others, more));
  }
}

function placeOf(index: number): string {
  return `section-${Math.floor(index / perFolder)}/page-${index}.md`;
}

function pageText(index: number, others: readonly string[], more: string): string {
  const { title, body, tags } = corpus.record(index);
  const links = others.map((place) => `- [See also](../${place})`).join("\n");
  const head = `title: ${title}\ntags: [${tags.join(", ")}]\n${more}`;
  return `---\n${head}---\n# ${title}\n\n${body}\n## See also\n\n${links}\n`;
}
