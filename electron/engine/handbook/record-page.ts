/** The page of one playbook or lesson. */
import type { Element, ElementContent } from "hast";
import type { RecordView } from "#shared/contract/record-shapes.ts";
import { wordsOf } from "#shared/markdown/to-html.ts";
import { dayElement, dayText } from "./days.ts";
import { type Child, h, joined } from "./elements.ts";
import { groupIn, labelOf, linesIn, textIn } from "./fields.ts";
import { framed } from "./frame.ts";
import { bodyPrefix, createLeads, type Assets } from "./leads.ts";
import { lessonAfter, lessonBefore } from "./lesson-parts.ts";
import { type Entry, type Library, relatedIds } from "./library.ts";
import type { ListNames } from "./list-names.ts";
import {
  entryList,
  facts,
  type PageSection,
  type PartContext,
  section,
  sectionElement,
  typeName,
} from "./page-parts.ts";
import { pageText } from "./page-text.ts";
import { playbookAfter } from "./playbook-parts.ts";
import { trustSentence } from "./trust-line.ts";

/** What the page says, for the search. */
export type PageWords = {
  readonly headings: string;
  readonly body: string;
  /** One sentence: the author's, else the beginning of the text. */
  readonly opening: string;
};

export type RecordPage = { readonly document: Element; readonly words: PageWords };

export type Around = {
  readonly library: Library;
  readonly assets: Assets;
  readonly lists: ListNames;
  readonly siteName: string;
};

const root = "../";
const longestOpening = 220;
const shortestOpening = 40;

/** Makes the page of a record that has one. */
export function recordPage(entry: Entry, record: RecordView, around: Around): RecordPage {
  const { library } = around;
  const { isHidden } = library;
  const leadOf = createLeads(entry.id, { ...around, root });
  const context: PartContext = {
    record,
    nameOf: (id) => library.names.get(id) ?? null,
    text: (markdown, prefix) => pageText(markdown, { leadOf, isHidden, prefix, topLevel: 4 }).nodes,
    named: textIn(record.fields, "attribution") !== "anonymous",
  };
  const body = pageText(record.body, { leadOf, isHidden, prefix: bodyPrefix, title: record.title });
  const before = entry.type === "lesson" ? lessonBefore(context) : [];
  const after = [
    ...(entry.type === "lesson" ? lessonAfter(context) : playbookAfter(context)),
    ...section("details", "Details", details(entry, context, around)),
    ...related(entry, record, around),
  ];
  const document = framed(
    {
      name: around.siteName,
      title: record.title,
      root,
      part: `${entry.type}s`,
      stateOf: dayText(record.updatedAt),
    },
    h(
      "article",
      { className: "record", dataType: entry.type },
      head(entry, context),
      contents(before, body.headings, after),
      h(
        "div",
        { className: "text" },
        before.map((part) => sectionElement(part)),
        body.nodes.length === 0
          ? null
          : h("div", { className: "prose", dir: "auto" }, [...body.nodes]),
        after.map((part) => sectionElement(part)),
      ),
    ),
  );
  return { document, words: wordsFor(entry, body.nodes, [...before, ...after]) };
}

function head(entry: Entry, context: PartContext): Element {
  const { record, named, nameOf } = context;
  const owner = named ? nameOf(textIn(record.fields, "owner_id")) : null;
  const department = entry.department === null ? null : nameOf(entry.department);
  const attribution = textIn(record.fields, "attribution");
  const by = attribution === "" || attribution === "named" ? owner : department;
  const verifier = textIn(groupIn(record.fields, "verification"), "verified_by");
  return h(
    "header",
    { className: "head" },
    h("p", { className: "kicker" }, joined([typeName(entry), kindOf(record), department])),
    h("h1", { dir: "auto" }, record.title),
    entry.summary === "" ? null : h("p", { className: "lede", dir: "auto" }, entry.summary),
    h(
      "p",
      { className: "meta" },
      joined([
        by === null ? null : ["Kept by ", by],
        ["State of ", dayElement(record.updatedAt)],
        textIn(record.fields, "version_label") === ""
          ? null
          : `Version ${textIn(record.fields, "version_label")}`,
      ]),
    ),
    trustSentence(entry.trust, (named ? nameOf(verifier) : null) ?? undefined),
  );
}

function kindOf(record: RecordView): string | null {
  const kind = record.type === "lesson" ? textIn(record.fields, "kind") : "";
  return kind === "" ? null : labelOf(record, "kind", kind);
}

/** On paper it is left out; there is none for a page of one or two parts. */
function contents(
  before: readonly PageSection[],
  headings: readonly { readonly id: string; readonly text: string; readonly level: number }[],
  after: readonly PageSection[],
): Child {
  const rows = [
    ...before.map(({ id, label }) => ({ id, label })),
    ...headings.filter(({ level }) => level <= 3).map(({ id, text }) => ({ id, label: text })),
    ...after.map(({ id, label }) => ({ id, label })),
  ];
  if (rows.length < 3) return null;
  return h(
    "nav",
    { className: "contents", ariaLabelledBy: "contents-heading" },
    h("h2", { id: "contents-heading" }, "On this page"),
    h(
      "ol",
      {},
      rows.map(({ id, label }) => h("li", {}, h("a", { href: `#${id}`, dir: "auto" }, label))),
    ),
  );
}

function details(entry: Entry, { record, nameOf }: PartContext, { lists }: Around): Child {
  const { fields } = record;
  const names = (field: string) =>
    linesIn(fields, field)
      .flatMap((id) => nameOf(id) ?? [])
      .join(", ");
  const choice = (field: string) => {
    const value = textIn(fields, field);
    return value === "" ? "" : labelOf(record, field, value);
  };
  const choices = (field: string) =>
    linesIn(fields, field)
      .map((value) => labelOf(record, field, value))
      .join(", ");
  const linked = (rows: readonly { readonly path: string; readonly label: string }[]) =>
    joined(
      rows.map(({ path, label }) => h("a", { href: root + path }, label)),
      ", ",
    );
  return facts([
    ["Department", linked(lists.department(entry))],
    ["Topics", linked(lists.topics(entry))],
    ["Journey stage", linked(lists.stages(entry))],
    ["Tags", linked(lists.tags(entry))],
    ["Use case", textIn(fields, "use_case")],
    ["Experience", choice("experience")],
    ["Channels", choices("channels")],
    ["Touchpoints", linesIn(fields, "touchpoints").join(", ")],
    ["Systems", linesIn(fields, "systems").join(", ")],
    ["Tools", names("tools")],
    ["Skills", names("skills")],
    ["For departments", names("audience_departments")],
    ["For roles", linesIn(fields, "role_families").join(", ")],
    ["For levels", choices("levels")],
    ["Objectives", linesIn(fields, "objectives").join(", ")],
    ["Mode", choice("mode")],
    [
      "Effort",
      textIn(fields, "effort_hours") === "" ? "" : `${textIn(fields, "effort_hours")} hours`,
    ],
    ["Effort to change", choice("change_effort")],
    ["Pays back within", choice("payback_horizon")],
    ["Sources", names("sources")],
  ]);
}

function related(entry: Entry, record: RecordView, around: Around): PageSection[] {
  const { library } = around;
  const named = new Set(relatedIds(record));
  const row = rowsFor(library);
  const pages = (ids: Iterable<string>) => [...ids].flatMap((id) => library.byId.get(id) ?? []);
  const typed = pages(named);
  const linked = pages(entry.leadsTo).filter(({ id }) => !named.has(id));
  const shown = new Set([...typed, ...linked].map(({ id }) => id));
  const back = (library.backlinks.get(entry.id) ?? []).filter(({ id }) => !shown.has(id));
  const list = (entries: readonly Entry[]) =>
    entries.length === 0 ? null : entryList(entries, row);
  return [
    ...section("related", "Related", list([...typed, ...linked])),
    ...section("linked-from", "Linked from", list(back)),
  ];
}

/** How pages are listed one folder below the top. */
export function rowsFor(library: Library) {
  return {
    root,
    departmentOf: ({ department }: Entry) =>
      department === null ? null : (library.names.get(department) ?? null),
    openingOf: ({ summary }: Entry) => summary,
  };
}

function wordsFor(
  entry: Entry,
  body: readonly ElementContent[],
  parts: readonly PageSection[],
): PageWords {
  const own = parts.filter(({ id }) => id !== "related" && id !== "linked-from");
  const text = wordsOf(body);
  const rest = own.map(({ nodes }) => wordsOf(nodes)).join(" ");
  const headings = wordsOf(headingsIn([...body, ...own.flatMap(({ nodes }) => nodes)]));
  const opening = entry.summary || beginning(firstSentences(body) || text || rest);
  return {
    headings: `${entry.summary} ${headings}`.trim(),
    body: `${text} ${rest}`.trim(),
    opening,
  };
}

function headingsIn(nodes: readonly ElementContent[]): ElementContent[] {
  return nodes.flatMap((node): ElementContent[] => {
    if (node.type !== "element") return [];
    return /^h[1-6]$/u.test(node.tagName) ? [node] : headingsIn(node.children);
  });
}

/** The first paragraph that says something by itself; "" where there is none. */
function firstSentences(body: readonly ElementContent[]): string {
  for (const node of body) {
    if (node.type !== "element" || node.tagName !== "p") continue;
    // Tags of a template are no words of a page.
    const words = wordsOf(node.children.filter((child) => !isLiteral(child)));
    if (words.length >= shortestOpening) return words;
  }
  return "";
}

function isLiteral(node: ElementContent): boolean {
  return node.type === "element" && [node.properties["className"]].flat().includes("literal");
}

function beginning(text: string): string {
  if (text.length <= longestOpening) return text;
  const cut = text.lastIndexOf(" ", longestOpening);
  return `${text.slice(0, cut > 0 ? cut : longestOpening)}…`;
}
