import { describe, expect, test } from "vitest";
import { addressesOf, targetsOf } from "#engine/links/place.ts";
import { type Candidate, pickCandidate } from "#engine/links/resolve.ts";
import type { MarkdownLink } from "#shared/markdown/extract.ts";

type Page = {
  readonly path: string;
  readonly title?: string;
  readonly aliases?: readonly string[];
};

/** Resolves a link on a page of a collection that holds the given pages; answers a path or null. */
function resolveIn(
  pages: readonly Page[],
  from: string,
  { href, kind }: Pick<MarkdownLink, "href" | "kind">,
) {
  const origin = { collection: "c", path: from };
  const candidates: Candidate[] = pages.flatMap((page) =>
    addressesOf({
      title: page.title ?? page.path,
      origin: { collection: "c", path: page.path },
      aliases: page.aliases ?? [],
    }).map((address) => ({ ...address, record: page.path, collection: "c", part: 0 })),
  );
  for (const target of targetsOf({ href, kind }, origin)) {
    const there = candidates.filter((candidate) => candidate.key === target.key);
    const found = pickCandidate(target, origin, there);
    if (found !== undefined) return found.record;
  }
  return null;
}

const pages: readonly Page[] = [
  { path: "docs/index.md" },
  { path: "docs/a/README.md" },
  { path: "docs/a/one.md", title: "The first" },
  { path: "docs/b/Two Words.md" },
  { path: "docs/c.html.md.erb" },
  { path: "docs/d.en.mdx" },
  { path: "docs/d.de.mdx" },
  { path: "docs/e.md", aliases: ["/old/e/", "Elder"] },
  { path: "docs/e/inner.md" },
];

describe("links between pages", () => {
  test.each([
    ["docs/a/one.md", "../index.md", "docs/index.md"],
    ["docs/a/one.md", "one", "docs/a/one.md"],
    ["docs/index.md", "a/", "docs/a/README.md"],
    ["docs/index.md", "./a", "docs/a/README.md"],
    ["docs/a/one.md", "../b/Two%20Words.md#there", "docs/b/Two Words.md"],
    ["docs/index.md", "A/ONE.md", "docs/a/one.md"],
    ["docs/index.md", "c.html", "docs/c.html.md.erb"],
    ["docs/index.md", "/a/one", "docs/a/one.md"],
    ["docs/index.md", "/old/e", "docs/e.md"],
    ["docs/e.md", "inner/", "docs/e/inner.md"],
    ["docs/d.de.mdx", "/d", "docs/d.de.mdx"],
    ["docs/index.md", "/d", "docs/d.en.mdx"],
    ["docs/index.md", "nowhere.md", null],
    ["docs/index.md", "../../../etc/passwd", null],
    ["docs/index.md", "https://example.com/a/one.md", null],
    ["docs/index.md", "#here", null],
    ["docs/index.md", "{{ site.url }}/a/one.md", null],
    ["docs/index.md", "%E0%A4%A", null],
  ])("on %s a link to %s leads to %s", (from, href, expected) => {
    expect(resolveIn(pages, from, { href, kind: "link" })).toBe(expected);
  });

  test("a page tag is looked up from the site's root", () => {
    expect(resolveIn(pages, "docs/a/one.md", { href: "/a/one/#x", kind: "page_tag" })).toBe(
      "docs/a/one.md",
    );
  });

  test("wikilinks find titles, aliases and file names, whatever their case and spaces", () => {
    expect(resolveIn(pages, "docs/index.md", { href: "the FIRST|words", kind: "wikilink" })).toBe(
      "docs/a/one.md",
    );
    expect(resolveIn(pages, "docs/index.md", { href: "Elder", kind: "wikilink" })).toBe(
      "docs/e.md",
    );
    expect(resolveIn(pages, "docs/index.md", { href: "two-words#top", kind: "wikilink" })).toBe(
      "docs/b/Two Words.md",
    );
  });

  test("a file beats the folder of the same name, and exact case beats folded case", () => {
    const twins = [{ path: "x.md" }, { path: "X.md" }, { path: "x/README.md" }];
    expect(resolveIn(twins, "y.md", { href: "x", kind: "link" })).toBe("x.md");
    expect(resolveIn(twins, "y.md", { href: "X.md", kind: "link" })).toBe("X.md");
    expect(resolveIn(twins, "y.md", { href: "x/", kind: "link" })).toBe("x.md");
  });
});
