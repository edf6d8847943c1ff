import { fakeEngine } from "#test/support/fake-engine.ts";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Markdown } from "#renderer/ui/markdown/markdown.tsx";
import type { MarkdownSources } from "#renderer/ui/markdown/markdown-sources.ts";

const sources: MarkdownSources = {
  link: (target, children) => <a href={`#${target}`}>{children}</a>,
  imageUrl: (target) => (target === "flow.png" ? "/attachment/abc" : null),
};

function show(text: string): HTMLElement {
  return render(<Markdown text={text} sources={sources} />).container;
}

// A text asks the engine for nothing.
beforeEach(() => void fakeEngine({}));
afterEach(cleanup);

test.each([
  "<script>window.broken = 1</script>",
  '<img src=x onerror="window.broken = 1">',
  '<svg onload="window.broken = 1"></svg>',
  "[x](javascript:window.broken=1)",
  "![x](https://example.com/pixel.png)",
  "![x](data:image/svg+xml;base64,PHN2Zz4=)",
  '<iframe srcdoc="<script>1</script>"></iframe>',
  "<style>body { display: none }</style>",
  '<b onclick="window.broken = 1">x</b>',
])("%s puts nothing on the page that runs or loads", (text) => {
  const page = show(text);
  expect(
    page.querySelectorAll("script, iframe, style, object, embed, form, svg[onload]"),
  ).toHaveLength(0);
  for (const image of page.querySelectorAll("img")) {
    expect(image.getAttribute("src")).toMatch(/^\/attachment\//u);
  }
  for (const element of page.querySelectorAll("*")) {
    const handlers = element.getAttributeNames().filter((name) => name.startsWith("on"));
    expect(handlers).toEqual([]);
    expect(element.getAttribute("href") ?? "").not.toMatch(/^\s*javascript:/iu);
  }
  expect("broken" in window).toBe(false);
});

test("images of the workspace are shown, missing ones say so in words", () => {
  show("![The flow](flow.png)\n\n![The other](gone.png)");
  expect(screen.getByRole("img", { name: "The flow" }).getAttribute("src")).toBe("/attachment/abc");
  expect(screen.getByText("Image missing: The other")).toBeTruthy();
});

test("tables and code can be reached and scrolled by keyboard, task boxes say their state", () => {
  show("| a |\n| - |\n| 1 |\n\n```\ncode\n```\n\n- [x] paid\n- [ ] sent");
  expect(screen.getByRole("region", { name: "Table" }).tabIndex).toBe(0);
  expect(screen.getByRole("region", { name: "Code" }).tabIndex).toBe(0);
  expect(screen.getByText("Done:", { exact: false }).closest("li")?.textContent).toContain("paid");
  expect(screen.getByText("To do:", { exact: false }).closest("li")?.textContent).toContain("sent");
});

test("a link within the text moves the focus there and leaves the address alone", () => {
  show("[down](#far-away)\n\n## Far away");
  Element.prototype.scrollIntoView = () => undefined;
  const heading = screen.getByRole("heading", { name: "Far away" });
  heading.tabIndex = -1;
  const before = window.location.href;
  fireEvent.click(screen.getByRole("link", { name: "down" }));
  expect(document.activeElement).toBe(heading);
  expect(window.location.href).toBe(before);
});

test("a note is announced as one, under its own title", () => {
  show('!!! danger "Hot surface"\n    Do not touch.');
  expect(screen.getByRole("note", { name: "Hot surface" }).textContent).toContain("Do not touch.");
});

test("a long text comes to the page whole, a piece at a time", async () => {
  const text = Array.from({ length: 400 }, (_, n) => `Paragraph ${n.toString()}.`).join("\n\n");
  show(text);
  expect(screen.queryByText("Paragraph 399.")).toBeNull();
  expect(await screen.findByText("Paragraph 399.", {}, { timeout: 10_000 })).toBeTruthy();
});
