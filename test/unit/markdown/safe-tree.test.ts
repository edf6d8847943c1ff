import type { Element, ElementContent } from "hast";
import { array, assert, constantFrom, property } from "fast-check";
import { describe, expect, test } from "vitest";
import { createSafeTreeBuilder, longestText, toSafeTree } from "#shared/markdown/safe-tree.ts";
import { processorTime } from "#test/support/processor-time.ts";

function elements(markdown: string, title?: string): Element[] {
  const options = title === undefined ? {} : { title };
  const found: Element[] = [];
  const visit = (node: ElementContent) => {
    if (node.type !== "element") return;
    found.push(node);
    for (const child of node.children) visit(child);
  };
  for (const block of toSafeTree(markdown, options).blocks) visit(block.node);
  return found;
}

function words(node: ElementContent): string {
  if (node.type === "text") return node.value;
  return node.type === "element" ? node.children.map(words).join("") : "";
}

const allWords = (markdown: string) =>
  toSafeTree(markdown)
    .blocks.map((block) => words(block.node))
    .join("\n");
const named = (markdown: string, name: string) =>
  elements(markdown).filter((element) => element.tagName === name);

describe("hostile text", () => {
  const hostile = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '<a href="javascript:alert(1)">x</a>',
    '<iframe src="https://example.com"></iframe>',
    "<svg><script>alert(1)</script></svg>",
    "<style>*{display:none}</style>",
    "<details open ontoggle=alert(1)><summary>x</summary></details>",
    "<math><mtext></mtext></math>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](&#x6A;&#x61;vascript&colon;alert(1))",
    "[x](<\u0001javascript:alert(1)>)",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](file:///etc/passwd)",
    "[x][y]\n\n[y]: javascript:alert(1)",
    "<javascript:alert(1)>",
    "[[javascript:alert(1)|click]]",
    "![x](https://example.com/pixel.png)",
    "![x](//example.com/pixel.png)",
    "![x](\\\\example.com\\pixel.png)",
    "![x](data:image/svg+xml,<svg onload=alert(1)>)",
    "![x](javascript:alert(1))",
    "![x][y]\n\n[y]: https://example.com/pixel.png",
    '> [!NOTE"onclick=alert(1)]\n> x',
    '!!! note "<script>alert(1)</script>"\n    <script>alert(1)</script>',
    "<%= system('rm') %>",
    "{% include 'x' %}",
    "{{ constructor.constructor('alert(1)')() }}",
    'import X from "./x"\n\n<X onClick={() => alert(1)} />',
    "[x]({{ 'javascript:alert(1)' }})",
    "# <img src=x onerror=alert(1)> {#root}",
    "| <script>alert(1)</script> |\n| - |\n| x |",
    "[^1]\n\n[^1]: <script>alert(1)</script> [x](javascript:alert(1))",
    "<kbd onclick=alert(1)>x</kbd>",
    "<b><script>alert(1)</script></b>",
  ];

  test.each(hostile)("%s can only be read", (markdown) => {
    for (const element of elements(markdown)) {
      expect(["script", "style", "iframe", "svg", "math", "object", "form"]).not.toContain(
        element.tagName,
      );
      for (const [name, value] of Object.entries(element.properties)) {
        expect(name).not.toMatch(/^on|^style$|^src/iu);
        if (name === "href")
          expect(String(value)).toMatch(/^(?:https?:|mailto:|guildhall:|[^:]*$)/u);
        if (name === "dataTarget")
          expect(String(value)).not.toMatch(/^\s*(?:java|vb)script:|^data:|^file:/iu);
      }
      if (element.tagName === "img") {
        expect(String(element.properties.dataTarget)).not.toMatch(/^[a-z]+:|^[\\/]{2}/iu);
      }
    }
  });

  test("any soup of marks gives a tree without handlers or foreign addresses", () => {
    const piece = constantFrom(
      ...hostile,
      "\n\n",
      "\n",
      "    ",
      "> ",
      "- ",
      "```\n",
      "`",
      "*",
      "_",
      "|",
      "[",
      "](",
      ")",
      "!",
      "<",
      "<%",
      "%>",
      "{{",
      "}}",
      "{%",
      "%}",
      "!!! note\n",
      "[^1]",
      "\uE000",
      "\uE0010",
      "a",
    );
    assert(
      property(array(piece, { maxLength: 25 }), (pieces) => {
        for (const { tagName, properties } of elements(pieces.join(""))) {
          expect(tagName).not.toMatch(/^(?:script|style|iframe|svg|object|embed|form)$/u);
          expect(Object.keys(properties).join(" ")).not.toMatch(/\bon|style|src/u);
          expect(properties.href ?? "").not.toMatch(/^\s*(?:java|vb)script:|^data:/iu);
        }
      }),
      { seed: 20_261_122, numRuns: 400 },
    );
  });

  test("a remote image becomes a link that names the other site", () => {
    const [link] = named("![Chart](https://user@example.com:8443/a.png)", "a");
    expect(link && words(link)).toBe("image “Chart” on example.com — open");
    expect(link?.properties.href).toBe("https://user@example.com:8443/a.png");
  });

  test("a dropped link keeps its words and says why", () => {
    const [span] = named("[Read **this**](javascript:alert(1))", "span");
    expect(span && words(span)).toBe("Read this");
    expect(span?.properties.title).toContain("left out");
  });

  test.each([
    ["quotes", ">".repeat(20_000) + "a"],
    ["nested lists", Array.from({ length: 400 }, (_, i) => `${"  ".repeat(i)}- a`).join("\n")],
    ["brackets", "[".repeat(30_000)],
    ["a huge paragraph", "*a **b ".repeat(40_000)],
    ["opening template marks", "<%{{{%".repeat(100_000)],
    [
      "notes in notes",
      Array.from({ length: 60 }, (_, i) => `${" ".repeat(i * 4)}!!! note`).join("\n"),
    ],
  ])("%s end in time, with nothing lost", (_, markdown) => {
    const spent = processorTime();
    const shown = allWords(markdown);
    expect(spent()).toBeLessThan(15_000);
    expect(shown.length).toBeGreaterThan(0);
  });

  test("a text beyond the limit is cut with a notice", () => {
    const tree = toSafeTree("```\n" + "a\n".repeat(longestText));
    expect(tree.notice).toContain("the first 49 %");
  });
});

describe("what cannot run is shown as it was written", () => {
  test.each([
    ['<div class="a">\ntext\n</div>', "html"],
    ["<%= current_page.data.title %>", "template"],
    ["{% include 'footer' %}", "template"],
    ['import { Cards } from "nextra"\nimport X from "./x"', "component"],
    ['<Callout type="info" emoji={"x"}>', "component"],
  ])("%s stands as a block of kind %s", (markdown, kind) => {
    const [block] = toSafeTree(markdown).blocks;
    const pre = block?.node;
    expect(pre?.type === "element" && pre.tagName).toBe("pre");
    const [code] = named(markdown, "code");
    expect(code?.properties.dataLiteral).toBe(kind);
    expect(code && words(code)).toBe(markdown);
  });

  test("a tag inside a sentence is marked in its place, formatting characters and all", () => {
    const [paragraph] = named('Ask {{ first_*name* }} and {% slack "#it" %} today.', "p");
    expect(paragraph && words(paragraph)).toBe(
      'Ask {{ first_*name* }} and {% slack "#it" %} today.',
    );
    expect(named("Ask {{ a }} today.", "code")[0]?.properties.dataLiteral).toBe("template");
  });

  test("a tag in code stays code", () => {
    const [code] = named("```erb\n<%= a %>\n```", "code");
    expect(code && words(code)).toBe("<%= a %>\n");
    expect(code?.properties).toEqual({ className: ["language-erb"] });
  });

  test("a tag as a link's address is the link's target", () => {
    const [link] = named('[leave]({% page "/leave/" %})', "a");
    expect(link?.properties.dataTarget).toBe('{% page "/leave/" %}');
    expect(link && words(link)).toBe("leave");
  });

  test("comments are left out, and bare formatting tags format", () => {
    expect(allWords("a <!-- b --> c")).toBe("a  c");
    expect(named("Press <kbd>Esc</kbd>, H<sub>2</sub>O", "kbd").map(words)).toEqual(["Esc"]);
    expect(named("a<br>b", "br")).toHaveLength(1);
  });
});

describe("notes", () => {
  test.each([
    ['!!! warning "Mind the gap"\n    First.\n\n    Second.\n\nAfter.', "warning", "Mind the gap"],
    ["!!! note\n    First.\n\n    Second.\n\nAfter.", "note", ""],
    ["> [!TIP]\n> First.\n>\n> Second.\n\nAfter.", "tip", ""],
    ["> [!tip]+ Look here\n> First.\n>\n> Second.\n\nAfter.", "tip", "Look here"],
  ])("%s", (markdown, kind, title) => {
    const [aside] = named(markdown, "aside");
    expect(aside?.properties).toMatchObject({ dataNote: kind, dataTitle: title });
    expect(aside && words(aside).trim().split(/\s+/u)).toEqual(["First.", "Second."]);
  });

  test("a note inside a list item and a code block that only looks like one", () => {
    expect(named("- item\n\n    !!! note\n        inner", "aside")).toHaveLength(1);
    expect(named("```\n!!! note\n    x\n```", "aside")).toHaveLength(0);
    expect(allWords("    !!! note\n        x")).toContain("!!! note");
  });

  test("an ordinary quote stays a quote", () => {
    expect(named("> Said once.", "blockquote")).toHaveLength(1);
  });
});

describe("headings", () => {
  const headings = (markdown: string, title?: string) =>
    toSafeTree(markdown, title === undefined ? {} : { title }).headings.map(
      ({ level, text, id }) => `${level} ${text} ${id}`,
    );

  test("get anchors as on GitHub, apart from one another and from the page's own ids", () => {
    expect(headings("# Root\n## A `b` & *c*!\n## Notes\n## Notes")).toEqual([
      "2 Root md-root",
      "3 A b & c! md-a-b--c",
      "3 Notes md-notes",
      "3 Notes md-notes-1",
    ]);
  });

  test("a first heading that repeats the title or is a template is not shown twice", () => {
    expect(headings("# Handling  REFUNDS\n## One", "Handling refunds")).toEqual(["2 One md-one"]);
    expect(headings("# <%= current_page.data.title %>\n## One", "T")).toEqual(["2 One md-one"]);
    expect(headings("# Other\n## One", "T")).toEqual(["2 Other md-other", "3 One md-one"]);
    expect(headings("## One\n# T", "T")).toEqual(["3 One md-one", "2 T md-t"]);
  });

  test("know the block they stand in", () => {
    const tree = toSafeTree("a\n\n## One\n\nb\n\n## Two");
    for (const heading of tree.headings) {
      const block = tree.blocks[heading.block];
      expect(block && words(block.node)).toBe(heading.text);
    }
    expect(tree.blocks.map((block) => block.line)).toEqual([1, 3, 5, 7]);
  });
});

describe("the ordinary grammar", () => {
  test("tables, task boxes, struck words and footnotes", () => {
    const markdown =
      "| a | b |\n|:-|-:|\n| 1 | 2 |\n\n- [x] done\n- [ ] open\n\n~~no~~ note[^n]\n\n[^n]: Foot.";
    expect(named(markdown, "td").map((cell) => cell.properties.align)).toEqual(["left", "right"]);
    expect(named(markdown, "input").map((box) => box.properties.checked)).toEqual([true, false]);
    expect(named(markdown, "del")).toHaveLength(1);
    const [foot] = named(markdown, "section");
    expect(foot && words(foot)).toContain("Foot.");
    const target = named(markdown, "a").find(
      (link) => link.properties.dataFootnoteRef !== undefined,
    );
    const ids = elements(markdown).map((element) => element.properties.id);
    expect(ids).toContain(String(target?.properties.href).slice(1));
  });

  test("front matter at the start is not shown, and a rule further down is", () => {
    expect(allWords("---\ntitle: x\n---\n\nText")).toBe("Text");
    expect(named("a\n\n---\n\nb", "hr")).toHaveLength(1);
  });

  test("wiki links lead to what they name", () => {
    const [link] = named("See [[Refund policy#Limits|the policy]].", "a");
    expect(link?.properties.dataTarget).toBe("Refund policy#Limits|the policy");
    expect(link && words(link)).toBe("the policy");
  });

  test.each(["Calm a complaint: draft, then send", "Postmortem: the day", "Draft 2: a, b"])(
    "a wiki link may name a title with a colon: %s",
    (title) => {
      const [link] = named(`See [[${title}]].`, "a");
      expect(link?.properties.dataTarget).toBe(title);
      expect(link && words(link)).toBe(title);
    },
  );

  test.each(["javascript: alert(1)", "java script:alert(1)", "x:y", "data: text/html,x"])(
    "what looks like an address is no name: %s",
    (address) => expect(named(`[[${address}]]`, "a")).toEqual([]),
  );
});

describe("a long text read in pieces", () => {
  const section = (n: number) =>
    `## Part ${n}\n\nSome *words* with [a link][target] and a note[^note] here.\n\n- one\n\n- two\n\n\`\`\`\n# not a heading\n\n## nor this\n\`\`\`\n\n`;
  const long = Array.from({ length: 200 }, (_, n) => section(n)).join("");
  const markdown = `${long}[target]: https://example.com/t "T"\n\n[^note]: The note.\n`;

  test("is the same as if it had been read whole", () => {
    const tree = toSafeTree(markdown);
    expect(tree.headings).toHaveLength(200);
    expect(
      named(markdown, "a").filter((a) => a.properties.href === "https://example.com/t"),
    ).toHaveLength(200);
    expect(named(markdown, "section").map(words).join("")).toContain("The note.");
    expect(named(markdown, "ul")).toHaveLength(200);
    const lines = markdown.split("\n");
    for (const heading of tree.headings) {
      const line = tree.blocks[heading.block]?.line ?? 0;
      expect(lines[line - 1]).toBe(`## ${heading.text}`);
    }
  });

  test("is after an edit what a fresh reading gives", () => {
    const builder = createSafeTreeBuilder();
    const edited = markdown.replace("Part 100\n", "Part C\n").replace("/t ", "/u ");
    builder(markdown);
    expect(builder(edited)).toEqual(toSafeTree(edited));
  });
});
