import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { removedPath } from "#shared/domain/change.ts";
import { conflictsOf, fieldsOf, listElements, setMembers } from "#shared/domain/record-fields.ts";
import { removedAt } from "#shared/domain/removal.ts";
import { applyChange, memberKey, own, type RecordState } from "#shared/domain/record-state.ts";
import { fold, type Made, play, reorder, steps, withId } from "#test/support/random-history.ts";
import { seeded } from "#test/support/seeded.ts";

const picks = fc.array(fc.nat(1000), { minLength: 1, maxLength: 20 });
const last = (made: readonly Made[]) => fold(made.map((one) => one.change))!;
const writesTo = (made: readonly Made[], path: string) =>
  made.filter((one) => one.change.writes.some((write) => write.path === path));
/** The writes to the path that no later writer of the path knew of. */
const unseen = (made: readonly Made[], path: string) => {
  const writers = writesTo(made, path);
  return writers
    .map((one) => one.change.id)
    .filter((id) => !writers.some((other) => other.knew.has(id)))
    .toSorted();
};
const headsAt = (state: RecordState, path: string) =>
  (own(state.registers, path) ?? own(state.texts, path) ?? []).map((h) => h.change).toSorted();

describe("folding changes", () => {
  it("gives the same state in any causal order", () => {
    fc.assert(
      fc.property(steps, picks, (script, choice) => {
        const made = play(script);
        fc.pre(made.length > 0);
        const expected = last(made);
        const other = fold(reorder(made, choice))!;
        expect(other).toEqual(expected);
        expect(JSON.stringify(fieldsOf(other))).toBe(JSON.stringify(fieldsOf(expected)));
        expect(JSON.parse(JSON.stringify(expected))).toEqual(expected);
      }),
      seeded(31, 400),
    );
  });

  it("lets a causally later write win whatever the clocks say, and keeps concurrent ones", () => {
    fc.assert(
      fc.property(steps, (script) => {
        const made = play(script);
        fc.pre(made.length > 0);
        const state = last(made);
        for (const path of [
          "title",
          "constructor",
          "handoff/.at",
          "body",
          removedPath,
          "steps/a",
        ]) {
          expect(headsAt(state, path)).toEqual(unseen(made, path));
        }
      }),
      seeded(32, 400),
    );
  });

  it("keeps a member as long as one addition was not seen by a removal", () => {
    fc.assert(
      fc.property(steps, (script) => {
        const made = play(script);
        fc.pre(made.length > 0);
        const tags = JSON.stringify(setMembers(last(made), "tags")).toLowerCase();
        for (const tag of ["a", "b", "c"]) {
          const about = (one: Made, kind: "add" | "remove") =>
            one.change.writes.some((write) => {
              const listed: unknown = kind in write ? Reflect.get(write, kind) : [];
              return JSON.stringify(listed).toLowerCase().includes(`"${tag}"`);
            });
          const removals = made.filter((one) => about(one, "remove"));
          const stands = made
            .filter((one) => about(one, "add"))
            .some((one) => !removals.some((removal) => removal.knew.has(one.change.id)));
          expect(tags.includes(`"${tag}"`)).toBe(stands);
        }
      }),
      seeded(33, 400),
    );
  });

  it("keeps a list element that somebody edited without knowing of its removal", () => {
    const made = play([
      { do: "element", device: 0, path: "title", value: "a" },
      { do: "meet", device: 1, other: 0 },
      { do: "element", device: 1, path: "risk_tier", value: "a" },
      { do: "drop", device: 0, path: "", value: "a" },
    ]);
    expect(listElements(last(made), "steps").map((element) => element.value)).toEqual([
      { title: "risk_tier" },
    ]);
  });

  it("keeps writes of a kind, fields and types that only a newer version knows", () => {
    const [made] = play([{ do: "set", device: 0, path: "title", value: "a" }]);
    const newer = withId({
      ...made!.change,
      type: "ritual",
      sequence: 1,
      v: 2,
      writes: [
        { kind: "set", path: "weight", value: { grams: 3 }, after: [] },
        { kind: "counter", path: "uses", by: 3 },
      ],
    });
    expect(newer.writes[1]).toEqual({ kind: "counter", path: "uses", by: 3 });
    const state = applyChange(undefined, newer);
    expect(state).toMatchObject({ type: "ritual", revision: 1 });
    expect(fieldsOf(state)).toEqual({ weight: { grams: 3 } });
  });

  it("holds fields whose names are properties of every object", () => {
    const [made] = play([{ do: "set", device: 0, path: "constructor", value: "a" }]);
    const change = {
      ...made!.change,
      sequence: 2,
      writes: [{ kind: "set", path: "__proto__", value: "b", after: [] } as const],
    };
    const state = applyChange(applyChange(undefined, made!.change), change);
    expect(Object.entries(fieldsOf(state))).toEqual([
      ["__proto__", "b"],
      ["constructor", "a"],
    ]);
  });
});

describe("the trash", () => {
  it("holds a record only while every write that stands was seen by a removal", () => {
    let removed = 0;
    fc.assert(
      fc.property(steps, (script) => {
        const made = play(script);
        fc.pre(made.length > 0);
        const state = last(made);
        if (removedAt(state) === null) return;
        removed += 1;
        const removals = new Set(headsAt(state, removedPath));
        const removers = made.filter((one) => removals.has(one.change.id));
        for (const path of ["title", "constructor", "risk_tier", "body", "steps/a"]) {
          for (const head of headsAt(state, path)) {
            expect(removers.some((remover) => remover.knew.has(head))).toBe(true);
          }
        }
      }),
      seeded(34, 600),
    );
    expect(removed).toBeGreaterThan(20);
  });

  it("gives a record back when somebody edited it without knowing of its removal", () => {
    const made = play([
      { do: "set", device: 0, path: "title", value: "a" },
      { do: "meet", device: 1, other: 0 },
      { do: "remove", device: 1, path: "", value: "" },
    ]);
    expect(removedAt(last(made))).toBe("2026-01-01T00:00:00.000Z");
    const edited = play([
      { do: "set", device: 0, path: "title", value: "a" },
      { do: "meet", device: 1, other: 0 },
      { do: "remove", device: 1, path: "", value: "" },
      { do: "set", device: 0, path: "risk_tier", value: "b" },
    ]);
    expect(removedAt(last(edited))).toBeNull();
    expect(conflictsOf(last(edited)).map((conflict) => conflict.path)).toEqual([removedPath]);
  });

  it("holds a record that two people removed, each knowing what the other did not", () => {
    const made = play([
      { do: "set", device: 0, path: "title", value: "a" },
      { do: "meet", device: 1, other: 0 },
      { do: "set", device: 0, path: "risk_tier", value: "b" },
      { do: "set", device: 1, path: "constructor", value: "b" },
      { do: "remove", device: 0, path: "", value: "" },
      { do: "remove", device: 1, path: "", value: "" },
    ]);
    expect(removedAt(last(made))).not.toBeNull();
  });

  it("gives a record back when it was put back while another removed it", () => {
    const made = play([
      { do: "set", device: 0, path: "title", value: "a" },
      { do: "remove", device: 0, path: "", value: "" },
      { do: "meet", device: 1, other: 0 },
      { do: "putBack", device: 0, path: "", value: "" },
      { do: "remove", device: 1, path: "", value: "" },
    ]);
    expect(removedAt(last(made))).toBeNull();
  });
});

it("takes words that differ only in case or composition for one member, in any script", () => {
  const same = [
    ["straße", "STRASSE"],
    ["ΣΑΣ", "σας"],
    ["é", "e\u0301"],
    ["ﬁne", " FINE "],
  ] as const;
  for (const [one, other] of same) expect(memberKey(one)).toBe(memberKey(other));
  expect(memberKey("résumé")).not.toBe(memberKey("resume"));
});

it("shows nothing in a declared field that was written in another way than it is declared", () => {
  const state = applyChange(
    undefined,
    withId({
      v: 1,
      device: "dddddddddddddddddddd",
      incarnation: 0,
      sequence: 1,
      at: "01971b8a000-0001",
      author: "01jd000000000000000000000p",
      record: "01jd000000000000000000000r",
      type: "playbook",
      action: "01jd000000000000000000000a",
      writes: [
        { kind: "set", path: "risk_tier", value: "high", after: [] },
        { kind: "members", path: "risk_tier", add: ["low"], remove: [] },
        { kind: "set", path: "handoff", value: "whole", after: [] },
        { kind: "set", path: "tags/x", value: { position: "V" }, after: [] },
        { kind: "set", path: "body", value: "no text", after: [] },
        { kind: "members", path: "newer", add: ["kept"], remove: [] },
      ],
    }),
  );
  expect(fieldsOf(state)).toEqual({ risk_tier: "high", newer: ["kept"] });
});
