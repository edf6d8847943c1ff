import fc from "fast-check";
import type { Nodes } from "mdast";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import { unified } from "unified";
import { describe, expect, test } from "vitest";
import { extractMarkdown } from "#shared/markdown/extract-markdown.ts";
import { parseWikilink } from "#shared/markdown/wikilink.ts";
import { processorTime } from "#test/support/processor-time.ts";

describe("headings", () => {
  test("ATX and setext headings are found, in quotes and lists too, and none in code", () => {
    const { headings, title } = extractMarkdown(
      "# One *two* `three` #\n\nTwo\n---\n\n> ### In a quote\n\n- ## In a list\n\n```\n# code\n```\n\n    # code too\n",
    );
    expect(headings.map(({ level, text }) => [level, text])).toEqual([
      [1, "One two three"],
      [2, "Two"],
      [3, "In a quote"],
      [2, "In a list"],
    ]);
    expect(title).toBe("One two three");
  });

  test("anchors are GitHub's: repeats are numbered, punctuation goes, letters of any script stay", () => {
    const { headings } = extractMarkdown(
      "# A b!\n# A b\n# Über «uns»\n# 提示 工程\n# a_b-c\n# A b-1\n",
    );
    expect(headings.map(({ anchor }) => anchor)).toEqual([
      "a-b",
      "a-b-1",
      "über-uns",
      "提示-工程",
      "a_b-c",
      "a-b-1-1",
    ]);
  });

  test("a heading that is a template expression is text, and is not run", () => {
    expect(extractMarkdown("# <%= current_page.data.title %>\n").title).toBe(
      "<%= current_page.data.title %>",
    );
  });
});

describe("links", () => {
  const hrefs = (text: string) =>
    extractMarkdown(text).links.map(({ kind, href }) => `${kind} ${href}`);

  test("inline, reference, collapsed, shortcut and angle links carry their targets", () => {
    expect(
      hrefs("[a](b.md \"t\") [c][D] [d][] [d] <https://example.com>\n\n[d]: <x y.md> 'title'\n"),
    ).toEqual([
      "link b.md",
      "link x y.md",
      "link x y.md",
      "link x y.md",
      "link https://example.com",
    ]);
  });

  test("images inside links, HTML links and HTML images are found", () => {
    expect(
      hrefs("[![alt](i.png)](p.md) <a href=\"q.md\">q</a>\n\n<div>\n<img src='r.png'>\n</div>"),
    ).toEqual(["link p.md", "image i.png", "link q.md", "image r.png"]);
  });

  test("Liquid page and image tags count as links, with the fragment kept", () => {
    expect(
      hrefs(
        '[x]({% page "/a/#b" %}) {% image "_img/c.png" "alt" %} <a href="{% page \'/d/\' %}">d</a>',
      ),
    ).toEqual(["page_tag /a/#b", "image _img/c.png", "page_tag /d/"]);
  });

  test("code, escapes and comments hold no links", () => {
    expect(hrefs("`[a](b)` \\[c](d) <!-- [e](f) -->\n\n```\n[g](h)\n```\n\n    [i](j)\n")).toEqual(
      [],
    );
  });

  test("wikilinks are found, but not where the brackets are the text of an ordinary link", () => {
    expect(hrefs("[[Refunds|how we refund#Limits]] [[1]](x.md)")).toEqual([
      "wikilink Refunds|how we refund#Limits",
      "link x.md",
    ]);
    expect(parseWikilink("Refunds|how we refund#Limits")).toEqual({
      target: "Refunds",
      label: "how we refund",
      heading: "Limits",
    });
    expect(parseWikilink("a/b#Top|words")).toEqual({
      target: "a/b",
      label: "words",
      heading: "Top",
    });
  });

  test("the content of a MkDocs admonition is read as Markdown", () => {
    const { links, text } = extractMarkdown(
      '!!! tip "Start here"\n    See [this](a.md).\n\n    And [that](b.md).\n',
    );
    expect(links.map(({ href }) => href)).toEqual(["a.md", "b.md"]);
    expect(text).toBe("Start here\nSee this.\nAnd that.");
  });
});

describe("text", () => {
  test("markup goes, words stay, one block a line", () => {
    expect(
      extractMarkdown(
        "# T\n\nA *b* **c** ~~d~~ `e`\nf &amp; g\\*\n\n- [ ] do\n- [x] done\n\n| h | i |\n|---|---|\n| j | k\\|l |\n\n```js\nlet m;\n```\n<p>n</p>\n",
      ).text,
    ).toBe("T\nA b c d e f & g*\ndo\ndone\nh i\nj k|l\nlet m;\nn");
  });
});

describe("held against remark", () => {
  const remark = unified().use(remarkParse).use(remarkGfm);
  const word = fc.constantFrom(
    "alpha",
    "beta_x",
    "3 * 4",
    "a*b*c",
    "*em*",
    "**strong**",
    "`code`",
    "é",
    "提示",
    "x\\_y",
    "&amp;",
    "_u_",
    "a_b_c",
    "***both***",
  );
  const link = fc.constantFrom(
    "[t](a.md)",
    "[t *u*](<b c.md>)",
    "![i](d.png)",
    "[r][ref]",
    "[ref]",
    "[none]",
    "<https://example.com/x>",
    "[a [b](c) d](e)",
    "[![i](f.png)](g.md)",
    "`[no](h.md)`",
    "[p](q(r).md)",
  );
  const phrase = fc
    .array(fc.oneof(word, link), { minLength: 1, maxLength: 6 })
    .map((parts) => parts.join(" "));
  const block = fc.oneof(
    phrase,
    fc
      .tuple(fc.integer({ min: 1, max: 6 }), phrase)
      .map(([level, text]) => `${"#".repeat(level)} ${text}`),
    phrase.map((text) => `${text}\n===`),
    phrase.map((text) => `${text}\n---`),
    fc
      .array(phrase, { minLength: 1, maxLength: 3 })
      .map((lines) => lines.map((line) => `> ${line}`).join("\n")),
    fc
      .array(phrase, { minLength: 1, maxLength: 3 })
      .map((lines) => lines.map((line) => `- ${line}`).join("\n")),
    fc.tuple(phrase, phrase).map(([a, b]) => `1. ${a}\n\n   ${b}\n   - ${a}`),
    phrase.map((text) => `\`\`\`\n# ${text}\n\`\`\``),
    phrase.map((text) => `    ${text}`),
    phrase.map((text) => `<div>\n${text}\n</div>`),
    fc.tuple(phrase, phrase).map(([a, b]) => `| ${a} | ${b} |\n| --- | :-: |\n| ${b} | x |`),
    fc.constantFrom("---", "***", "[ref]: target.md 'title'", "* * *\n- a\n\n\n- b"),
  );
  const documents = fc
    .array(block, { minLength: 1, maxLength: 12 })
    .map((blocks) => `${blocks.join("\n\n")}\n`);

  test("headings and targets are the same for generated documents", () => {
    fc.assert(
      fc.property(documents, (source) => {
        const { headings, links } = extractMarkdown(source);
        const expected = readTree(remark.parse(source));
        expect(headings.map(({ level, text }) => `${level} ${text}`)).toEqual(expected.headings);
        expect(links.map(({ kind, href }) => `${kind} ${href}`).toSorted()).toEqual(
          expected.links.toSorted(),
        );
      }),
      { seed: 20_261_122, numRuns: 1500 },
    );
  });

  test("arbitrary text never throws and never hangs", () => {
    const noise = fc.string({
      unit: fc.constantFrom(..."[]()!<>*_~`#-|\\&{}%\"'\n \t>1.a".split("")),
      maxLength: 400,
    });
    fc.assert(
      fc.property(noise, (source) => {
        extractMarkdown(source);
      }),
      { seed: 7, numRuns: 3000 },
    );
  });

  test.each([
    "[",
    "[a](b",
    "*a ",
    "_a *b ",
    "<!-- ",
    "`a``",
    "<a b ",
    "![",
    "> ",
    "[a](<b ",
    "{% ",
    "|a\n|-\n",
    "- ",
    "&a",
    "<?",
    '[a](b "c ',
  ])("a megabyte of %j is read in linear time", (piece) => {
    const spent = processorTime();
    extractMarkdown(piece.repeat(Math.ceil(1_000_000 / piece.length)));
    // Quadratic reading takes minutes; the limit only tells the two apart.
    expect(spent()).toBeLessThan(10_000);
  });
});

function readTree(tree: Nodes): { headings: string[]; links: string[] } {
  const headings: string[] = [];
  const links: string[] = [];
  const definitions = new Map<string, string>();
  walk(tree, (node) => {
    if (node.type === "definition" && !definitions.has(node.identifier)) {
      definitions.set(node.identifier, node.url);
    }
  });
  walk(tree, (node) => {
    if (node.type === "heading") {
      headings.push(`${node.depth} ${words(node).replaceAll(/\s+/gu, " ").trim()}`);
    } else if (node.type === "link" || node.type === "image")
      links.push(`${node.type} ${node.url}`);
    else if (node.type === "linkReference") links.push(`link ${definitions.get(node.identifier)}`);
    else if (node.type === "imageReference")
      links.push(`image ${definitions.get(node.identifier)}`);
  });
  return { headings, links };
}

function walk(node: Nodes, visit: (node: Nodes) => void): void {
  visit(node);
  if ("children" in node) for (const child of node.children) walk(child, visit);
}

function words(node: Nodes): string {
  if (node.type === "html") return "";
  if (node.type === "image" || node.type === "imageReference") return node.alt ?? "";
  if ("value" in node) return node.value;
  return "children" in node ? node.children.map((child) => words(child)).join("") : "";
}
