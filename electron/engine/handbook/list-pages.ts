/** The pages that lead to pages: the first one, the lists and what lists there are. */
import type { Element } from "hast";
import { dayText } from "./days.ts";
import { type Child, h } from "./elements.ts";
import { framed, type Part } from "./frame.ts";
import { byTitle, type List, type ListNames, type ListPart } from "./list-names.ts";
import type { Entry, Library } from "./library.ts";
import { entryList } from "./page-parts.ts";
import { rowsFor } from "./record-page.ts";

/** A page that is ready to be written. */
export type SitePage = { readonly path: string; readonly document: Element };

type Around = {
  readonly library: Library;
  readonly lists: ListNames;
  readonly siteName: string;
  /** The sentence under the title of each page. */
  readonly openings: ReadonlyMap<string, string>;
};

/** More than this many on one page take long to lay out. */
const mostOnPage = 200;
const newestShown = 8;
const groupsShown = 12;

/** Every list page. The order does not matter; the paths differ. */
export function* listPages(around: Around): Generator<SitePage> {
  yield homePage(around);
  for (const type of ["playbook", "lesson"] as const) {
    const entries = byTitle(around.library.entries.filter((entry) => entry.type === type));
    const label = type === "playbook" ? "Playbooks" : "Lessons";
    yield* paged(around, { part: `${type}s`, path: `${type}s/index.html`, label, entries });
  }
  for (const part of ["departments", "topics", "stages", "tags"] as const) {
    yield groupsPage(around, part);
  }
  for (const list of around.lists.all) yield* paged(around, list);
}

const groupLabels: Readonly<Record<ListPart, readonly [label: string, purpose: string]>> = {
  departments: ["Departments", "Who keeps which pages."],
  topics: ["Topics", "What the pages are about."],
  stages: ["Journey", "Where in a customer's journey the pages apply."],
  tags: ["Tags", "Words that authors gave their pages."],
};

function homePage(around: Around): SitePage {
  const { library, siteName } = around;
  const newest = library.entries.toSorted((a, b) =>
    a.updatedAt === b.updatedAt ? (a.id < b.id ? 1 : -1) : a.updatedAt < b.updatedAt ? 1 : -1,
  );
  const counts = (["playbook", "lesson"] as const).flatMap((type) => {
    const count = library.entries.filter((entry) => entry.type === type).length;
    return count === 0 ? [] : [number(count, type)];
  });
  const { length } = library.entries;
  const document = framed(
    { name: siteName, title: siteName, root: "", stateOf: stateOf(library.entries) },
    h(
      "div",
      { className: "home" },
      h("h1", { dir: "auto" }, siteName),
      h(
        "p",
        { className: "lede" },
        "How we work with AI: what to do, step by step, and what we learned on the way.",
        length === 0
          ? null
          : ` ${counts.join(" and ")} ${length === 1 ? "is" : "are"} published here; each page says who keeps it and until when it was verified.`,
      ),
      h("p", { className: "quiet without-script" }, "Search needs scripts; the lists do not."),
      library.entries.length === 0
        ? h("p", { className: "quiet" }, "Nothing has been published yet.")
        : [
            groups(around, "departments", "By department"),
            groups(around, "topics", "By topic"),
            groups(around, "stages", "Along the journey"),
            around.lists.all.some(({ part }) => part === "topics")
              ? null
              : groups(around, "tags", "By tag"),
            h("h2", {}, "Newest"),
            entryList(newest.slice(0, newestShown), rows(around, "")),
          ],
    ),
  );
  return { path: "index.html", document };
}

function groups({ lists }: Around, part: ListPart, label: string): Child {
  const all = lists.all.filter((list) => list.part === part);
  if (all.length === 0) return null;
  const bySize = all.toSorted((a, b) => b.entries.length - a.entries.length);
  const largest = new Set(bySize.slice(0, groupsShown));
  const shown = all.filter((list) => largest.has(list));
  return [
    h("h2", {}, label),
    groupList(shown, ""),
    all.length > shown.length
      ? h("p", {}, h("a", { href: `${part}/index.html` }, `All ${all.length.toString()}`))
      : null,
  ];
}

function groupsPage({ lists, library, siteName }: Around, part: ListPart): SitePage {
  const all = lists.all.filter((list) => list.part === part);
  const [label, purpose] = groupLabels[part];
  const document = framed(
    { name: siteName, title: label, root: "../", part, stateOf: stateOf(library.entries) },
    h("h1", {}, label),
    h("p", { className: "lede" }, purpose),
    all.length === 0
      ? h("p", { className: "quiet" }, "No published page names any.")
      : groupList(all, "../"),
  );
  return { path: `${part}/index.html`, document };
}

function groupList(lists: readonly List[], root: string): Element {
  return h(
    "ul",
    { className: "groups" },
    lists.map(({ path, label, entries }) =>
      h(
        "li",
        {},
        h("a", { href: root + path, dir: "auto" }, label),
        " ",
        h("span", { className: "count" }, entries.length.toString()),
      ),
    ),
  );
}

type Pages = {
  readonly part: Part;
  readonly path: string;
  readonly label: string;
  readonly entries: readonly Entry[];
};

function* paged(around: Around, { part, path, label, entries }: Pages): Generator<SitePage> {
  const count = Math.max(1, Math.ceil(entries.length / mostOnPage));
  const stem = path.replace(/\.html$/u, "");
  const pathOf = (page: number) => (page === 1 ? path : `${stem}-${page.toString()}.html`);
  const kind = part === "playbooks" || part === "lessons" ? null : groupLabels[part][0];
  for (let page = 1; page <= count; page += 1) {
    const shown = entries.slice((page - 1) * mostOnPage, page * mostOnPage);
    const title = page === 1 ? label : `${label}, page ${page.toString()}`;
    const document = framed(
      { name: around.siteName, title, root: "../", part, stateOf: stateOf(entries) },
      kind === null ? null : h("p", { className: "kicker" }, kind),
      h("h1", { dir: "auto" }, label),
      h("p", { className: "meta" }, number(entries.length, "page")),
      shown.length === 0
        ? h("p", { className: "quiet" }, "Nothing of this kind has been published yet.")
        : entryList(shown, rows(around, "../")),
      count === 1 ? null : pager(page, count, pathOf),
    );
    yield { path: pathOf(page), document };
  }
}

function pager(page: number, count: number, pathOf: (page: number) => string): Element {
  const to = (target: number, label: string, rel: string) =>
    target < 1 || target > count ? null : h("a", { href: `../${pathOf(target)}`, rel }, label);
  return h(
    "nav",
    { className: "pager", ariaLabel: "More pages" },
    to(page - 1, "Previous", "prev"),
    h("span", {}, `Page ${page.toString()} of ${count.toString()}`),
    to(page + 1, "Next", "next"),
  );
}

function rows({ library, openings }: Around, root: string) {
  return { ...rowsFor(library), root, openingOf: ({ id }: Entry) => openings.get(id) ?? "" };
}

function stateOf(entries: readonly Entry[]): string | null {
  const newest = entries.reduce((last, { updatedAt }) => (updatedAt > last ? updatedAt : last), "");
  return newest === "" ? null : dayText(newest);
}

function number(count: number, one: string): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : `${one}s`}`;
}
