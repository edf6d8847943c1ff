/**
 * What people wrote as the text of a link is a question, and the page it leads to is its answer. The
 * texts are cut out of the pages, so that only what the page says itself can be found.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Collection, Document } from "./judged.ts";

type LinkCollection = Omit<Collection, "name" | "misspelt">;

/** Reads every Markdown file below the folder. */
export function linkCollection(folder: string): LinkCollection {
  const targets = new Map<string, Set<string>>();
  const documents = markdownFiles(folder).map((file): Document => {
    const source = readFileSync(file, "utf8").replace(/^---\n[\s\S]*?\n---\n/u, "");
    const body = source.replaceAll(
      /(!?)\[([^\]\n]+)\]\(([^)\s]+)[^)]*\)/gu,
      (_, image: string, label: string, address: string) => {
        const target = image === "" ? targetOf(folder, file, address) : undefined;
        const text = label.replaceAll(/[`*_]/gu, "").trim();
        if (target === undefined || target === file || text.length < 4 || text.endsWith(".md")) {
          return label;
        }
        targets.set(text, (targets.get(text) ?? new Set()).add(target));
        return "";
      },
    );
    return { id: file, title: titleOf(file, body), body };
  });
  const texts = [...targets.keys()];
  return {
    documents,
    questions: new Map(texts.map((text, index) => [String(index), text])),
    answers: new Map(
      texts.map((text, index) => [
        String(index),
        new Map(Array.from(targets.get(text) ?? [], (target) => [target, 1])),
      ]),
    ),
  };
}

function markdownFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.mdx?$/u.test(name))
    .toSorted()
    .map((name) => path.join(folder, name));
}

function titleOf(file: string, body: string): string {
  const heading = /^#\s+(.+)$/mu.exec(body)?.[1]?.replaceAll(/[`*]/gu, "");
  return (
    heading ??
    path
      .basename(file)
      .replace(/\.mdx?$/u, "")
      .replaceAll("-", " ")
  );
}

/** The page that an address leads to; undefined for what lies elsewhere. */
function targetOf(folder: string, file: string, address: string): string | undefined {
  const [place = ""] = address.split("#");
  if (place === "" || /^[a-z]+:/iu.test(place) || !URL.canParse(place, "file:///"))
    return undefined;
  const relative = place.replace(/\/$/u, "");
  const handbook = path.join(folder, path.relative(folder, file).split(path.sep)[0] ?? "");
  return [
    path.resolve(path.dirname(file), place),
    path.resolve(path.dirname(file), `${relative}.md`),
    path.resolve(path.dirname(file), place, "README.md"),
    path.resolve(path.dirname(file), place, "index.md"),
    path.resolve(path.dirname(file), "..", `${relative}.md`),
    path.join(handbook, `${relative}.md`),
  ].find((candidate) => /\.mdx?$/u.test(candidate) && existsSync(candidate));
}
