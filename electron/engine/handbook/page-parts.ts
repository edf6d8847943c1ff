/** Pieces that several pages are made of: sections, rows of facts, lists of pages. */
import type { Element, ElementContent } from "hast";
import type { RecordView } from "#shared/contract/record-shapes.ts";
import { type Child, h, joined } from "./elements.ts";
import type { Entry } from "./library.ts";
import { trustMark } from "./trust-line.ts";

/** What the parts of a page share. */
export type PartContext = {
  readonly record: RecordView;
  readonly nameOf: (id: string) => string | null;
  /** A Markdown field laid out. */
  readonly text: (markdown: string, prefix: string) => readonly ElementContent[];
  /** People are named on it. */
  readonly named: boolean;
};

/** A part of a page with a heading of its own; it stands in the table of contents. */
export type PageSection = {
  readonly id: string;
  readonly label: string;
  readonly nodes: readonly ElementContent[];
};

/** The section, or nothing where it is empty. */
export function section(id: string, label: string, ...content: readonly Child[]): PageSection[] {
  const node = h("div", {}, ...content);
  return node.children.length === 0 ? [] : [{ id, label, nodes: node.children }];
}

/** A section under a heading of its own, by which it is named. */
export function sectionElement({ id, label, nodes }: PageSection): Element {
  const heading = `${id}-heading`;
  return h("section", { id, ariaLabelledBy: heading }, h("h2", { id: heading }, label), [...nodes]);
}

/** Terms and what they stand for; those without a value are left out, and null is left of none. */
export function facts(rows: readonly (readonly [term: string, value: Child])[]): Child {
  const present = rows.filter(([, value]) => h("div", {}, value).children.length > 0);
  if (present.length === 0) return null;
  return h(
    "dl",
    { className: "facts" },
    present.map(([term, value]) =>
      h("div", {}, h("dt", {}, term), h("dd", { dir: "auto" }, value)),
    ),
  );
}

/** Lines as a list; null for none. */
export function lineList(lines: readonly string[], className = "lines"): Child {
  if (lines.length === 0) return null;
  return h(
    "ul",
    { className },
    lines.map((line) => h("li", { dir: "auto" }, line)),
  );
}

const typeNames = { playbook: "Playbook", lesson: "Lesson" } as const;

/** What a page is called by its type. */
export function typeName(entry: Pick<Entry, "type">): string {
  return typeNames[entry.type];
}

type Row = {
  readonly root: string;
  readonly departmentOf: (entry: Entry) => string | null;
  /** The sentence under the title. */
  readonly openingOf: (entry: Entry) => string;
};

/** Pages as rows: title, what it is, whose it is, whether it holds. */
export function entryList(entries: readonly Entry[], row: Row): Element {
  return h(
    "ul",
    { className: "entries" },
    entries.map((entry) => {
      const opening = row.openingOf(entry);
      return h(
        "li",
        { dataType: entry.type },
        h("a", { href: row.root + entry.path, dir: "auto" }, entry.title),
        opening === "" ? null : h("p", { className: "opening", dir: "auto" }, opening),
        h(
          "p",
          { className: "meta" },
          joined([typeName(entry), row.departmentOf(entry), trustMark(entry.trust)]),
        ),
      );
    }),
  );
}
