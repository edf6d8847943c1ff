import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isShownInPlace, sniffMediaType } from "#engine/attachments/media-type.ts";
import { decodeText } from "#engine/transfer/import/decode-text.ts";
import { bodyHash, sketch } from "#engine/transfer/import/fingerprint.ts";
import { createNearIndex } from "#engine/transfer/import/near-index.ts";
import { readNavTitles } from "#engine/transfer/import/nav-titles.ts";
import { splitText } from "#engine/transfer/import/split-text.ts";
import { nameFromTitle, safeName, safePath } from "#engine/transfer/safe-path.ts";
import { pathProblem } from "#engine/transfer/source/zip-source.ts";
import { onePixel } from "#test/support/write-tree.ts";

describe("safe names", () => {
  test("no name leads anywhere, and every system takes it", () => {
    const part = fc.oneof(
      fc.constantFrom(
        "..",
        ".",
        "con",
        "NUL.md",
        "a.",
        "b ",
        "C:",
        "a\0b",
        "x".repeat(300),
        "é".repeat(200),
        "",
      ),
      fc.string({ maxLength: 12 }),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 5 }), fc.constantFrom("/", "\\"), (parts, slash) => {
        const safe = safePath(parts.join(slash));
        for (const name of safe?.split("/") ?? []) {
          expect(name).not.toMatch(/^\.{0,2}$/u);
          expect(name).not.toMatch(/[<>:"|?*\\]|[. ]$|^(?:con|prn|aux|nul)(?:\.|$)/iu);
          expect(Buffer.byteLength(name)).toBeLessThanOrEqual(124);
          expect(safeName(name)).toBe(name);
        }
      }),
      { seed: 11, numRuns: 2000 },
    );
  });

  test("a title becomes a name in its own script", () => {
    expect(nameFromTitle("How we refund: step 2?")).toBe("how-we-refund-step-2");
    expect(nameFromTitle("提示 工程")).toBe("提示-工程");
    expect(nameFromTitle("///")).toBe("untitled");
  });

  test.each(["../a.md", "a/../../b.md", "/etc/passwd", "C:\\x.md", "..\\x.md", "a\0.md", ""])(
    "an archive's %j is refused",
    (name) => {
      expect(pathProblem(name)).not.toBeNull();
    },
  );
});

describe("text from bytes", () => {
  test("UTF-8 is kept to the letter, a byte order mark too", () => {
    expect(decodeText(Buffer.from("\uFEFFé\r\n")).text).toBe("\uFEFFé\r\n");
  });

  test.each([
    ["UTF-16 with a mark", Buffer.from("\uFEFFHello", "utf16le"), /UTF-16/u],
    ["UTF-16 without a mark", Buffer.from("Hello there, reader", "utf16le"), /UTF-16/u],
    ["binary data", Buffer.concat([onePixel, onePixel]), /binary/u],
    ["Latin-1 on the third line", Buffer.from("a\nb\nd\xe9j\xe0 vu\n", "latin1"), /line 3/u],
  ])("%s is told apart", (_, bytes, expected) => {
    const { text, problem } = decodeText(bytes);
    expect(text).toBeNull();
    expect(problem).toMatch(expected);
  });
});

describe("one file, many records", () => {
  test("parts joined are the file", () => {
    const line = fc.constantFrom(
      "# a",
      "## b",
      "text",
      "",
      "```",
      "- x",
      "===",
      "---",
      "  y",
      "> q",
    );
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 30 }),
        fc.constantFrom("heading", "paragraph"),
        (lines, mode) => {
          const text = lines.join("\n");
          const parts = splitText(text, mode);
          expect(parts.map((part) => part.body).join("")).toBe(text);
          expect(parts.length).toBeGreaterThan(0);
        },
      ),
      { seed: 13, numRuns: 2000 },
    );
  });

  test("headings: the highest level that repeats, with what stands before it", () => {
    const parts = splitText(
      "# All\n\nIntro\n\n## One\n\na\n\n```\n## no\n```\n\n## Two ##\nb\n",
      "heading",
    );
    expect(parts.map((part) => part.title)).toEqual([null, "One", "Two"]);
    expect(parts[1]?.body).toBe("## One\n\na\n\n```\n## no\n```\n\n");
  });

  test("paragraphs: divided by blank lines, a heading with what follows it", () => {
    const parts = splitText(
      "# H\n\nFirst **one**.\n\nSecond\n  goes on\n\n- a\n\n  b\n",
      "paragraph",
    );
    expect(parts.map((part) => part.title)).toEqual(["H", "Second", "a"]);
  });
});

describe("sameness", () => {
  const words = Array.from({ length: 300 }, (_, index) => `word${(index * 7919) % 211}`);

  test("white space and line ends do not make a difference, words do", () => {
    const text = words.join(" ");
    expect(bodyHash(text)).toBe(bodyHash(`\r\n${words.join("\r\n")}\n\n`));
    expect(bodyHash(text)).not.toBe(bodyHash(`${text} more`));
    expect(bodyHash("too short")).toBeNull();
  });

  test("a text with a few words changed is near, another text is not", () => {
    const index = createNearIndex<string>();
    index.add("original", sketch(words.join(" "))!);
    const changed = words.with(20, "changed").with(200, "changed");
    expect(index.nearest(sketch(changed.join(" "))!)?.key).toBe("original");
    const other = words.map((word, at) => `${word}${at % 3}`);
    expect(index.nearest(sketch(other.join(" "))!)).toBeNull();
  });
});

test("navigation gives titles by path, and hostile navigation gives none", () => {
  const titles = readNavTitles(
    "site_name: x\nextra: !!python/name:a.b\nnav:\n  - Home: index.md\n  - Part:\n    - On call: a/b.md\n    - Out: ../../x.md\n    - https://example.com\n",
    "",
  );
  expect([...titles]).toEqual([
    ["docs/index.md", "Home"],
    ["docs/a/b.md", "On call"],
  ]);
  expect(readNavTitles("nav: [", "").size).toBe(0);
});

test("media types are told by content, and only harmless pictures are shown in place", () => {
  expect(sniffMediaType(onePixel)).toBe("image/png");
  expect(sniffMediaType(Buffer.from("<?xml version='1.0'?>\n<svg onload='x()'>"))).toBe(
    "image/svg+xml",
  );
  expect(sniffMediaType(Buffer.from("%PDF-1.7"))).toBe("application/pdf");
  expect(sniffMediaType(Buffer.from("<html>"))).toBe("text/plain");
  expect(isShownInPlace("image/png")).toBe(true);
  expect(isShownInPlace("image/svg+xml")).toBe(false);
});
