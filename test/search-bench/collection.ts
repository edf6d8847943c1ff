/**
 * Judged collections: documents, questions, and which documents answer each. They are read from a
 * folder that is named, or made from the links of Markdown handbooks; none is part of the repository.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Collection, Document } from "./judged.ts";
import { linkCollection } from "./link-collection.ts";
import { misspell } from "./misspell.ts";

/** Where collections come from. */
export type Places = { readonly collections?: string; readonly handbooks?: string };

const files = ["docs.jsonl", "queries.tsv", "qrels.tsv"];
const seeds = [11, 22, 33];

/** The names of the collections there are. */
export function collectionNames(places: Places): readonly string[] {
  const { collections, handbooks } = places;
  const judged = collections === undefined ? [] : foldersIn(collections);
  return handbooks === undefined ? judged : [...judged, linkName];
}

const linkName = "link texts";

function foldersIn(folder: string): readonly string[] {
  return readdirSync(folder).filter((name) =>
    files.every((file) => existsSync(path.join(folder, name, file))),
  );
}

/** Reads one of them. */
export function readCollection(places: Places, name: string): Collection {
  if (name === linkName && places.handbooks !== undefined) {
    return withMisspelt({ name, ...linkCollection(places.handbooks) });
  }
  const folder = path.join(places.collections ?? "", name);
  const documents = lines(path.join(folder, "docs.jsonl")).map(
    (line) => JSON.parse(line) as Document,
  );
  const questions = readTexts(path.join(folder, "queries.tsv"));
  const answers = new Map<string, Map<string, number>>();
  for (const line of lines(path.join(folder, "qrels.tsv"))) {
    const [question = "", document = "", relevance = "0"] = line.split("\t");
    const known = answers.get(question) ?? new Map<string, number>();
    if (Number(relevance) > 0) answers.set(question, known.set(document, Number(relevance)));
  }
  const typed = readdirSync(folder).filter((file) => /^typo-.*\.tsv$/u.test(file));
  const read = { name, documents, questions, answers };
  if (typed.length === 0) return withMisspelt(read);
  return { ...read, misspelt: typed.map((file) => readTexts(path.join(folder, file))) };
}

function withMisspelt(collection: Omit<Collection, "misspelt">): Collection {
  const misspelt = seeds.map((seed) => misspell(collection.questions, seed));
  return { ...collection, misspelt };
}

function readTexts(file: string): ReadonlyMap<string, string> {
  return new Map(
    lines(file).map((line) => {
      const [id = "", ...text] = line.split("\t");
      return [id, text.join(" ")];
    }),
  );
}

function lines(file: string): readonly string[] {
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "");
}
