import { describe, expect, it } from "vitest";
import { checkFields, typeProblem } from "#shared/domain/check-fields.ts";
import { fieldSchema } from "#shared/domain/field-schema.ts";
import type { Json } from "#shared/domain/json.ts";
import type { Fields } from "#shared/domain/record-fields.ts";
import { recordTypes } from "#shared/domain/record-types.ts";

const sentence = (field: string, value: Json, type = "playbook") =>
  checkFields({ type, fields: { [field]: value }, current: { title: "T" } })?.sentence;

describe("checking what a person writes", () => {
  it("names the field and what is allowed", () => {
    expect(sentence("risk_tier", "huge")).toBe(
      "Risk tier must be one of minimal, limited, high, prohibited.",
    );
    expect(sentence("last_drill_on", "30.11.2026")).toBe(
      "Last drill without AI must be a date like 2026-11-30.",
    );
    expect(sentence("effort_hours", -1)).toBe("Effort must be a number of at least 0.");
    expect(sentence("tags", "one")).toBe("Tags must be a list of texts.");
    expect(sentence("owner_id", "Ana")).toBe("Owner must be the id of a record.");
    expect(sentence("summary", "two\nlines")).toBe("Summary must be one line.");
    expect(sentence("status", "ready")).toBe(
      "Status must be one of draft, in_review, published, superseded, archived.",
    );
    expect(sentence("channels", ["fax"])).toContain("Channels must be one of phone");
    expect(sentence("names_removed", "yes", "lesson")).toBe(
      "Names are removed must be true or false.",
    );
    expect(sentence("url", "javascript:alert(1)", "source")).toContain(
      "Address must be a web address",
    );
  });

  it("reaches into groups and lists", () => {
    expect(sentence("steps", [{ title: "Read", actor: "robot" }])).toBe(
      "Steps is not right: Who acts must be one of human, ai, ai_with_human_check.",
    );
    expect(sentence("handoff", { triger: "x" })).toBe(
      'Handoff to a person has no part "triger"; did you mean trigger?',
    );
    expect(
      sentence("steps", [{ id: "e1", title: "Read", check: { what: "All" } }]),
    ).toBeUndefined();
  });

  it("refuses a title that nobody could see, and what is no text for a line", () => {
    const needs = "A playbook needs a title, so that people can find it.";
    for (const blank of ["", " \t ", "\u200b\u200d", "\ufeff", "\u202e\u00a0"]) {
      expect(sentence("title", blank)).toBe(needs);
    }
    expect(sentence("title", "?")).toBeUndefined();
    expect(sentence("title", "\u202eمرحبا")).toBeUndefined();
    expect(sentence("summary", "one\u2028two")).toBe("Summary must be one line.");
    expect(sentence("summary", "a\0b")).toBe("Summary must not hold control characters.");
    expect(sentence("summary", "a\ud800b")).toBe("Summary holds half of a character.");
  });

  it("lets parts and members stand that only a newer version can have written", () => {
    const current = {
      title: "T",
      handoff: { trigger: "Anger", mood: "grim" },
      channels: ["pigeon", "phone"],
      steps: [{ id: "e1", title: "Read", colour: "red" }],
    };
    const edit = (fields: Fields) =>
      checkFields({ type: "playbook", fields, current })?.sentence ?? "right";
    expect(edit({ handoff: { ...current.handoff, trigger: "Fear" } })).toBe("right");
    expect(edit({ channels: ["pigeon", "phone", "email"] })).toBe("right");
    expect(edit({ steps: [{ id: "e1", title: "Look", colour: "red" }, { title: "New" }] })).toBe(
      "right",
    );
    expect(edit({ handoff: { ...current.handoff, mood: "gay" } })).toContain('no part "mood"');
    expect(edit({ channels: ["pigeon", "fax"] })).toContain("must be one of");
    expect(edit({ steps: [{ id: "e2", title: "Read", colour: "red" }] })).toContain("colour");
  });

  it("offers near names for a field that does not exist", () => {
    expect(sentence("risktier", "high")).toBe(
      'A playbook has no field "risktier"; did you mean risk_tier?',
    );
    expect(sentence("zzzz", "high")).toBe('A playbook has no field "zzzz".');
    expect(sentence("constructor", "x")).toBe('A playbook has no field "constructor".');
  });

  it("lets stay what the record already holds", () => {
    const current = { title: "T", risk_tier: "imported oddity", weight: 3 };
    expect(checkFields({ type: "playbook", fields: current, current })).toBeUndefined();
    expect(
      checkFields({ type: "playbook", fields: { weight: 4 }, current })?.sentence,
    ).toBeUndefined();
  });

  it("lets null clear every field but the title", () => {
    expect(sentence("risk_tier", null)).toBeUndefined();
    expect(sentence("title", null)).toBe("A playbook needs a title, so that people can find it.");
    expect(sentence("title", "  ")).toBe("A playbook needs a title, so that people can find it.");
  });

  it("asks for a title when a record is made", () => {
    expect(checkFields({ type: "person", fields: {}, current: null })?.sentence).toBe(
      "A person needs a name, so that people can find it.",
    );
  });

  it("says which types there are when one does not exist", () => {
    expect(typeProblem("playbok")).toBe(
      'There is no record type "playbok"; did you mean playbook?',
    );
    expect(typeProblem("xyzzy")).toContain("The types are playbook, lesson,");
    expect(typeProblem("skill_domain")).toBeUndefined();
  });

  it("has a schema for every declared field that accepts null", () => {
    for (const type of Object.values(recordTypes)) {
      for (const field of Object.values(type.fields)) {
        expect(fieldSchema(field).safeParse(null).success).toBe(true);
      }
    }
  });
});
