/** The lists of the handbook: by department, topic, journey stage and tag, and which pages are in each. */
import { createHash } from "node:crypto";
import { compareText } from "#shared/domain/compare-text.ts";
import { playbook } from "#shared/domain/playbook.ts";
import { titleKey } from "../records/opening.ts";
import { labelOf } from "./fields.ts";
import type { Entry, Library } from "./library.ts";
import { createPageNames, slugOf } from "./page-names.ts";

export type ListPart = "departments" | "topics" | "stages" | "tags";

/** One list and its pages, by title. */
export type List = {
  readonly part: ListPart;
  readonly path: string;
  readonly label: string;
  readonly entries: readonly Entry[];
};

type Link = { readonly path: string; readonly label: string };

export type ListNames = {
  readonly all: readonly List[];
  readonly department: (entry: Entry) => readonly Link[];
  readonly topics: (entry: Entry) => readonly Link[];
  readonly stages: (entry: Entry) => readonly Link[];
  readonly tags: (entry: Entry) => readonly Link[];
};

/** The lists that have at least one page. */
export function createListNames(library: Library): ListNames {
  const pathOf = createPageNames();
  const named = (part: ListPart) => (id: string) => {
    const label = library.names.get(id) ?? "";
    return { path: pathOf(part, id, label), label };
  };
  const spelled = (part: ListPart) => (key: string) => {
    const label = spellings.get(`${part} ${key}`) ?? key;
    const mark = createHash("sha256").update(key).digest("hex").slice(0, 8);
    return { path: `${part}/${slugOf(label)}-${mark}.html`, label };
  };
  const spellings = spellingsOf(library);
  const department = ({ department: id }: Entry) => (id === null ? [] : [id]);
  const lists = {
    departments: gather(library, department, named("departments")),
    topics: gather(library, ({ topics }) => topics, named("topics")),
    stages: gather(library, ({ stages }) => stages, spelled("stages")),
    tags: gather(library, ({ tags }) => tags.map((tag) => tagKey(tag)), spelled("tags")),
  };
  const links = (part: ListPart, keys: readonly string[]) =>
    keys.flatMap((key) => lists[part].get(key)?.link ?? []);
  return {
    all: (["departments", "topics", "stages", "tags"] as const).flatMap((part) =>
      [...lists[part].values()]
        .map(({ link, entries }) => ({ part, ...link, entries: byTitle(entries) }))
        .toSorted((a, b) => inOrder(part, a.label, b.label)),
    ),
    department: (entry) => links("departments", department(entry)),
    topics: ({ topics }) => links("topics", topics),
    stages: ({ stages }) => links("stages", stages),
    tags: ({ tags }) => links("tags", [...new Set(tags.map((tag) => tagKey(tag)))]),
  };
}

type Gathered = ReadonlyMap<string, { readonly link: Link; readonly entries: readonly Entry[] }>;

function gather(
  { entries }: Library,
  keysOf: (entry: Entry) => readonly string[],
  linkOf: (key: string) => Link,
): Gathered {
  const keyed = entries.flatMap((entry) =>
    Array.from(new Set(keysOf(entry)), (key) => ({ key, entry })),
  );
  const found = Array.from(Map.groupBy(keyed, ({ key }) => key));
  return new Map(
    found
      .toSorted(([a], [z]) => compareText(a, z))
      .map(([key, ones]) => [key, { link: linkOf(key), entries: ones.map(({ entry }) => entry) }]),
  );
}

/** Tags that differ by case alone are one; how it was written first is how it is shown. */
function spellingsOf({ entries }: Library): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { tags, stages, type } of entries) {
    for (const tag of tags) {
      const key = `tags ${tagKey(tag)}`;
      if (!found.has(key)) found.set(key, tag);
    }
    for (const stage of stages) {
      found.set(`stages ${stage}`, labelOf({ type }, "journey_stage", stage));
    }
  }
  return found;
}

function tagKey(tag: string): string {
  return tag.normalize("NFKC").trim().toLowerCase();
}

/** Pages by their titles, as a reader looks for them. */
export function byTitle(entries: readonly Entry[]): readonly Entry[] {
  return entries
    .map((entry) => ({ entry, key: titleKey(entry.title) }))
    .toSorted((a, b) => compareText(a.key, b.key) || compareText(a.entry.id, b.entry.id))
    .map(({ entry }) => entry);
}

/** Stages come in the order of the journey, everything else by its name. */
function inOrder(part: ListPart, a: string, b: string): number {
  const place = (label: string) => (part === "stages" ? journey.indexOf(label) : 0);
  return place(a) - place(b) || compareText(titleKey(a), titleKey(b));
}

const stage = playbook.fields.journey_stage;
const journey =
  stage !== undefined && "options" in stage ? stage.options.map(({ label }) => label) : [];
