import { describe, expect, it } from "vitest";
import { summaryOf, titleKey, titleOf } from "#engine/records/opening.ts";
import { processorTime } from "#test/support/processor-time.ts";

const none = () => null;

describe("the title of a record", () => {
  it("is its title field, else the first heading, else Untitled", () => {
    expect(titleOf("person", { display_name: " Ana\n Lima " }, none)).toBe("Ana Lima");
    expect(titleOf("playbook", { title: "  " }, () => "From the text")).toBe("From the text");
    expect(titleOf("playbook", {}, none)).toBe("Untitled");
    expect(titleOf("ritual", { name: "Friday" }, none)).toBe("Friday");
  });

  it("is sorted without case and accents", () => {
    expect(titleKey("Écrire À")).toBe("ecrire a");
  });
});

describe("the summary of a record", () => {
  it("is what somebody wrote as one", () => {
    expect(summaryOf({ abstract: "Said\nin short" }, "Long text")).toBe("Said in short");
  });

  it("is else the first paragraph, without its markup", () => {
    const body = [
      "# Title",
      "",
      "![logo](a.png)",
      "",
      "Read the **whole** [letter](x.md) and `reply` to *it*,",
      "see [[page|the page]] and snake_case_name.",
      "",
      "Next paragraph.",
    ].join("\n");
    expect(summaryOf({}, body)).toBe(
      "Read the whole letter and reply to it, see the page and snake_case_name.",
    );
  });

  it("passes over fences, tables, templates and underlined headings", () => {
    expect(summaryOf({}, "Title\n=====\n\n```js\ncode()\n```\n\n{% page %}\n| a |\n\nText.")).toBe(
      "Text.",
    );
    expect(summaryOf({}, "```\nonly code\n```\n")).toBe("");
    expect(summaryOf({}, "")).toBe("");
    expect(summaryOf({}, "- [ ] One thing\n- Other")).toBe("One thing Other");
  });

  it("is short, and ends at a word", () => {
    const summary = summaryOf({}, "word ".repeat(200));
    expect(summary.length).toBeLessThanOrEqual(241);
    expect(summary.endsWith("word…")).toBe(true);
  });

  it("is made soon of a hostile text", () => {
    const spent = processorTime();
    for (const part of ["[", "![[", "*_", "<a ", "(", "[x](", "`", "- "]) {
      summaryOf({}, part.repeat(20_000));
    }
    expect(spent()).toBeLessThan(1500);
  });
});
