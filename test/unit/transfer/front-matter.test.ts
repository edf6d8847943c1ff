import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  editFrontMatter,
  readFrontMatter,
  writeFrontMatter,
} from "#engine/transfer/front-matter.ts";
import { mapFields } from "#engine/transfer/import/map-fields.ts";

const nobody = () => undefined;

describe("front matter", () => {
  test("block and body joined are the file, whatever it holds", () => {
    const line = fc.constantFrom("---", "...", "a: 1", "b: [", "# x", "", " ---", "text", "\uFEFF");
    const files = fc
      .array(line, { maxLength: 12 })
      .chain((lines) => fc.constantFrom("\n", "\r\n").map((end) => lines.join(end)));
    fc.assert(
      fc.property(files, (file) => {
        const { block, body } = readFrontMatter(file);
        expect(block + body).toBe(file);
      }),
      { seed: 3, numRuns: 2000 },
    );
  });

  test("broken YAML is kept, and the line is named", () => {
    const front = readFrontMatter("---\ntitle: ok\nbad: [1,\n---\nbody\n");
    expect(front.block).toBe("---\ntitle: ok\nbad: [1,\n---\n");
    expect(front.values).toEqual({});
    expect(front.problem).toMatch(/line \d/u);
  });

  test("an alias bomb is not unfolded", () => {
    const bomb = ["a: &a [x,x,x,x,x,x,x,x,x]"];
    for (let level = 1; level < 12; level += 1) {
      const before = String.fromCharCode(96 + level);
      const name = String.fromCharCode(97 + level);
      bomb.push(`${name}: &${name} [${Array.from({ length: 9 }, () => `*${before}`).join(",")}]`);
    }
    const front = readFrontMatter(`---\n${bomb.join("\n")}\n---\n`);
    expect(front.values).toEqual({});
    expect(front.problem).toMatch(/exhaust memory/u);
  });

  test("a tag that would make an object of a program's class makes none", () => {
    const { values } = readFrontMatter("---\nx: !!js/function 'function(){}'\ny: 1\n---\n");
    expect(typeof values["x"]).toBe("string");
    expect(values["y"]).toBe(1);
  });

  test("an edit touches its key alone: comments, order, quotes and line ends stay", () => {
    const block =
      "---\r\n# who\r\ntitle: 'Old' # why\r\ncSpell:\r\n  - a\r\n\r\nlist: [1,2]\r\nlast: {a: 1}\r\n---\r\n";
    expect(editFrontMatter(block, { title: "New: one", tags: ["x"] })).toBe(
      block.replace("'Old'", '"New: one"').replace("{a: 1}\r\n", "{a: 1}\r\ntags:\r\n  - x\r\n"),
    );
    expect(editFrontMatter(block, { cSpell: null })).toBe(
      block.replace("cSpell:\r\n  - a\r\n\r\n", ""),
    );
    expect(editFrontMatter(block, { list: ["b"] })).toBe(
      block.replace("list: [1,2]\r\n", "list:\r\n  - b\r\n"),
    );
    expect(editFrontMatter(block, {})).toBe(block);
  });

  test("editing any one key leaves the others' text and values alone", () => {
    const value = fc.constantFrom(
      "plain",
      "'single'",
      '"dou\\"ble"',
      "[a, b]",
      "{k: v}",
      "|\n  lines\n  more",
      "\n  - a\n  - b",
      "",
      "12 # note",
      ">-\n  folded\n  text",
    );
    const fresh = fc.constantFrom<string | number | readonly string[] | null>(
      "new",
      "a: b",
      5,
      ["x", "y"],
      null,
      "two\nlines",
    );
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1, maxLength: 5 }),
        fc.nat(4),
        fresh,
        (values, at, next) => {
          const keys = values.map((_, index) => `key${index}`);
          const lines = values.map(
            (one, index) => `${keys[index]}:${one.startsWith("\n") ? "" : " "}${one}`,
          );
          const block = `---\n${lines.join("\n")}\n---\n`;
          const key = keys[at % keys.length]!;
          const edited = editFrontMatter(block, { [key]: next });
          const before = readFrontMatter(block).values;
          const { [key]: _, ...others } = before;
          const wanted = next === null ? others : { ...before, [key]: next };
          expect(readFrontMatter(edited).values).toEqual(wanted);
          for (const [index, line] of lines.entries())
            if (keys[index] !== key) expect(edited).toContain(line);
        },
      ),
      { seed: 17, numRuns: 2000 },
    );
  });

  test("what is written is read back", () => {
    const values = fc.dictionary(
      fc.stringMatching(/^[a-z_]{1,12}$/u),
      fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.array(fc.string(), { maxLength: 4 })),
      { minKeys: 1, maxKeys: 6 },
    );
    fc.assert(
      fc.property(values, (given) => {
        const plain = JSON.parse(JSON.stringify(given)) as Record<string, string>;
        expect(readFrontMatter(`${writeFrontMatter(plain)}body`).values).toEqual(plain);
      }),
      { seed: 5, numRuns: 500 },
    );
  });
});

describe("mapping of keys", () => {
  test("keys of other handbooks fill our fields, and unknown ones are kept", () => {
    const { fields, unknown } = mapFields(
      {
        title: "T",
        keywords: "out of office, leave",
        tags: ["x", 7],
        redirect_from: ["/a/", "/b/"],
        permalink: "/c/",
        owner_slack: "#team",
        last_reviewed_on: "2025-08-31",
        review_in: "6 months",
        outdated: true,
        cSpell: ["foo"],
      },
      "playbook",
      nobody,
    );
    expect(fields).toEqual({
      title: "T",
      tags: ["x", "7", "out of office", "leave"],
      aliases: ["/a/", "/b/", "/c/"],
      owner_hint: "#team",
      verification: {
        type: "expiring",
        mode: "period",
        period_amount: 6,
        period_unit: "month",
        verified_at: "2025-08-31",
        expires_at: "2026-02-28",
      },
      flags: [{ id: "outdated", reason: "Marked as outdated where it came from" }],
    });
    expect(unknown).toEqual({ cSpell: ["foo"] });
  });

  test("a value that does not fit its field stays unknown instead of being bent", () => {
    const { fields, unknown } = mapFields(
      { status: "frozen", risk_tier: "huge", effort_hours: "many", steps: "none" },
      "playbook",
      nobody,
    );
    expect(fields).toEqual({});
    expect(Object.keys(unknown)).toEqual(["status", "risk_tier", "effort_hours", "steps"]);
  });

  test("references are found by name, within lists and groups too", () => {
    const id = "01ke6p4ym0g01wq4v9q003ve6y";
    const resolve = (_: string, name: string) => (name === "Known" ? id : undefined);
    const { fields } = mapFields(
      {
        department: "Known",
        tools: ["Known", "Unknown"],
        steps: [{ title: "S", tool: "Known", prompt_id: "P" }],
        prompts: [{ title: "P", text: "x" }],
      },
      "playbook",
      resolve,
    );
    expect(fields["department_id"]).toBe(id);
    expect(fields["tools"]).toEqual([id]);
    const [prompt] = fields["prompts"] as { id: string }[];
    expect(fields["steps"]).toEqual([{ title: "S", tool_id: id, prompt_id: prompt?.id }]);
  });
});
