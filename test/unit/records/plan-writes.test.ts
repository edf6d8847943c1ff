import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planWrites } from "#engine/records/plan-writes.ts";
import type { TextSource } from "#engine/records/plan-text.ts";
import type { Change, Write } from "#shared/domain/change.ts";
import type { Json } from "#shared/domain/json.ts";
import { type Fields, fieldsOf } from "#shared/domain/record-fields.ts";
import { applyChange, memberKey, type RecordState } from "#shared/domain/record-state.ts";
import { withId } from "#test/support/random-history.ts";
import { seeded } from "#test/support/seeded.ts";

const noTexts: TextSource = {
  shown: () => "",
  textOf: () => "",
  distanceOf: () => 0,
};

let elements = 0;
function plan(now: RecordState | undefined, fields: Fields, base = now): readonly Write[] {
  const newElementId = () => `e${(elements += 1)}`;
  return planWrites({ type: "playbook", now, base, texts: noTexts, newElementId }, fields);
}

function changeOf(writes: readonly Write[], sequence: number): Change {
  return withId({
    v: 1,
    device: "dddddddddddddddddddd",
    incarnation: 0,
    sequence,
    at: `01971b8a000-${sequence.toString(16).padStart(4, "0")}`,
    author: "01jd000000000000000000000p",
    record: "01jd000000000000000000000r",
    type: "playbook",
    action: "01jd000000000000000000000a",
    writes,
  });
}

/** Plays one asked value after another and hands each resulting state to `check`. */
function play(asked: readonly Fields[], check: (state: RecordState, fields: Fields) => void): void {
  let state: RecordState | undefined;
  for (const [index, fields] of asked.entries()) {
    const writes = plan(state, fields);
    if (writes.length > 0) state = applyChange(state, changeOf(writes, index + 1));
    if (state === undefined) continue;
    check(state, fields);
    expect(plan(state, fields)).toEqual([]);
  }
}

const ids = fc.uniqueArray(fc.constantFrom("a", "b", "c", "d", "e", "f", "g"), { maxLength: 7 });
const lines = fc.uniqueArray(fc.constantFrom("Ask", "ask", "Check", "Stop", "Ä", "Never say so"), {
  selector: memberKey,
});

describe("planning writes", () => {
  it("writes only the parts of a group that differ, and leaves what it does not know", () => {
    const newer = changeOf(
      [
        { kind: "set", path: "handoff/.trigger", value: "Anger", after: [] },
        { kind: "set", path: "handoff/.mood", value: "grim", after: [] },
        { kind: "set", path: "steps/s1", value: { position: "V", title: "a", tint: 1 }, after: [] },
      ],
      1,
    );
    const state = applyChange(undefined, newer);
    expect(fieldsOf(state)).toEqual({
      handoff: { trigger: "Anger", mood: "grim" },
      steps: [{ id: "s1", title: "a", tint: 1 }],
    });
    const writes = plan(state, {
      handoff: { receiving_role: "Lead", trigger: "" },
      steps: [{ id: "s1", title: "b" }],
    });
    expect(writes.map(({ path }) => path)).toEqual([
      "handoff/.receiving_role",
      "handoff/.trigger",
      "steps/s1",
    ]);
    expect(fieldsOf(applyChange(state, changeOf(writes, 2)))).toEqual({
      handoff: { receiving_role: "Lead", mood: "grim" },
      steps: [{ id: "s1", title: "b", tint: 1 }],
    });
    const cleared = plan(state, { handoff: null });
    expect(cleared.map(({ path }) => path)).toEqual(["handoff/.trigger", "handoff/.mood"]);
  });

  it("finds the form of an undeclared group and list again", () => {
    const state = applyChange(
      undefined,
      changeOf(
        [
          { kind: "set", path: "odd/.a", value: 1, after: [] },
          { kind: "set", path: "odd/.__proto__", value: 2, after: [] },
          { kind: "set", path: "rows/r1", value: { position: "V", x: 1 }, after: [] },
        ],
        1,
      ),
    );
    const shown = JSON.parse('{"odd":{"a":1,"__proto__":2},"rows":[{"id":"r1","x":1}]}');
    expect(fieldsOf(state)).toEqual(shown);
    expect(plan(state, shown)).toEqual([]);
    const writes = plan(state, JSON.parse('{"odd":{"a":3,"__proto__":2},"rows":[]}'));
    expect(writes.map(({ path }) => path)).toEqual(["odd/.a", "rows/r1"]);
    expect(() => plan(state, { odd: "text" })).toThrow("is a group of fields");
  });

  it("makes an ordered list what is asked, and then has nothing to write", () => {
    fc.assert(
      fc.property(fc.array(ids, { maxLength: 12 }), (lists) => {
        const asked = lists.map((list, round) => ({
          steps: list.map((id) => ({ id, title: `${id}${round % 2}` })),
        }));
        play(asked, (state, { steps }) => {
          expect(fieldsOf(state)["steps"] ?? []).toEqual(steps);
        });
      }),
      seeded(51, 300),
    );
  });

  it("makes lines and tags what is asked, lines in their order", () => {
    fc.assert(
      fc.property(fc.array(lines, { maxLength: 10 }), (lists) => {
        const asked = lists.map((list) => ({ guardrails: list, tags: list }));
        play(asked, (state, { guardrails }) => {
          const shown = fieldsOf(state);
          expect(shown["guardrails"] ?? []).toEqual(guardrails);
          expect(new Set(shown["tags"] as string[])).toEqual(new Set(guardrails as string[]));
        });
      }),
      seeded(52, 300),
    );
  });

  it("makes registers what is asked", () => {
    const value = fc.constantFrom<Json>(null, "a", 1, true, { x: 1, y: [2] }, { y: [2], x: 1 });
    fc.assert(
      fc.property(fc.array(value, { maxLength: 8 }), (values) => {
        play(
          values.map((one) => ({ front_matter: one })),
          (state, { front_matter }) => {
            expect(fieldsOf(state)["front_matter"] ?? null).toEqual(front_matter);
          },
        );
      }),
      seeded(53, 200),
    );
  });

  it("moves one element with one write", () => {
    const steps = ["a", "b", "c", "d"].map((id) => ({ id, title: id }));
    const state = applyChange(undefined, changeOf(plan(undefined, { steps }), 1));
    const [a, b, c, d] = steps;
    expect(plan(state, { steps: [d!, a!, b!, c!] }).map((write) => write.path)).toEqual([
      "steps/d",
    ]);
    expect(plan(state, { steps: [a!, c!, b!, d!] })).toHaveLength(1);
  });

  it("refuses a name that would reach into another field", () => {
    expect(() => plan(undefined, { "steps/a": "x" })).toThrow("cannot be the name of a field");
    expect(() => plan(undefined, { removed_at: "x" })).toThrow("cannot be the name of a field");
  });

  it("replaces only what the writer saw", () => {
    const first = applyChange(undefined, changeOf(plan(undefined, { risk_tier: "high" }), 1));
    const second = applyChange(first, changeOf(plan(first, { risk_tier: "limited" }), 2));
    const writes = plan(second, { risk_tier: "minimal" }, first);
    expect(writes).toMatchObject([{ after: [expect.stringMatching(/^d{20}-0-1-/u)] }]);
    const third = applyChange(second, changeOf(writes, 3));
    expect(third.registers["risk_tier"]).toHaveLength(2);
  });
});
