/**
 * Random histories of one record on several devices with clocks that are wrong: each device writes
 * with knowledge of what it has, and learns what others have when they meet.
 */
import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { type Change, changeSchema, removedPath } from "#shared/domain/change.ts";
import { type ChangeId, changeIdAt, recordIdSchema } from "#shared/domain/ids.ts";
import { canonicalJson, type Json } from "#shared/domain/json.ts";
import { removalOf } from "#shared/domain/removal.ts";
import { applyChange, own, type RecordState } from "#shared/domain/record-state.ts";

export type Step =
  | { readonly do: "meet"; readonly device: number; readonly other: number }
  | {
      readonly do: "set" | "add" | "take" | "text" | "remove" | "putBack" | "element" | "drop";
      readonly device: number;
      readonly path: string;
      readonly value: string;
    };

type Device = { readonly id: string; readonly skew: number; known: Change[]; sequence: number };

/** A change and everything its author had when making it. */
export type Made = { readonly change: Change; readonly knew: ReadonlySet<ChangeId> };

export const recordId = "01jd000000000000000000000r";
const deviceCount = 4;

export const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    fc.record({
      do: fc.constant("meet" as const),
      device: fc.nat(deviceCount - 1),
      other: fc.nat(deviceCount - 1),
    }),
    fc.record({
      do: fc.constantFrom(
        ...(["set", "set", "add", "take", "text", "remove", "putBack", "element", "drop"] as const),
      ),
      device: fc.nat(deviceCount - 1),
      path: fc.constantFrom("title", "constructor", "risk_tier", "handoff/.who", "handoff/.at"),
      value: fc.constantFrom("a", "b", "c", "A"),
    }),
  ),
  { minLength: 1, maxLength: 40 },
);

/** Plays the steps; clocks are off by years between devices. */
export function play(script: readonly Step[]): readonly Made[] {
  const devices: Device[] = Array.from({ length: deviceCount }, (_, index) => ({
    id: `device0000000000000${index}`.replaceAll("i", "j"),
    skew: (index - 1) * 3e10,
    known: [],
    sequence: 0,
  }));
  const made: Made[] = [];
  for (const [tick, step] of script.entries()) {
    const device = devices[step.device]!;
    if (step.do === "meet") {
      const known = new Set(device.known.map((change) => change.id));
      const news = devices[step.other]!.known.filter((change) => !known.has(change.id));
      device.known = [...device.known, ...news];
      continue;
    }
    const change = write(device, step, tick);
    made.push({ change, knew: new Set(device.known.map((change) => change.id)) });
    device.known = [...device.known, change];
  }
  return made;
}

export function fold(changes: readonly Change[]): RecordState | undefined {
  return changes.reduce<RecordState | undefined>(applyChange, undefined);
}

/** The same changes in another order in which each comes after all its author knew. */
export function reorder(made: readonly Made[], picks: readonly number[]): readonly Change[] {
  const left = [...made];
  const placed = new Set<ChangeId>();
  const order: Change[] = [];
  for (let round = 0; left.length > 0; round += 1) {
    const ready = left.filter((one) => [...one.knew].every((id) => placed.has(id)));
    const next = ready[(picks[round % picks.length] ?? 0) % ready.length]!;
    left.splice(left.indexOf(next), 1);
    placed.add(next.change.id);
    order.push(next.change);
  }
  return order;
}

function write(device: Device, step: Exclude<Step, { do: "meet" }>, tick: number): Change {
  device.sequence += 1;
  const wall = 1_800_000_000_000 + tick * 1000 + device.skew;
  return withId({
    v: 1,
    device: device.id,
    incarnation: 0,
    sequence: device.sequence,
    at: `${wall.toString(16).padStart(11, "0")}-0000`,
    author: "01jd000000000000000000000p",
    record: recordId,
    type: "playbook",
    action: "01jd000000000000000000000a",
    writes: [writeOf(fold(device.known), step)],
  });
}

/** The change with an id whose mark comes from its own words: there is no chain here. */
export function withId(body: unknown): Change {
  const {
    id: _,
    action = recordIdSchema.parse("0".repeat(26)),
    ...rest
  } = changeSchema.parse(body);
  const parsed = { ...rest, action };
  const words = canonicalJson(JSON.parse(JSON.stringify(parsed)));
  const id = changeIdAt(parsed, createHash("sha256").update(words).digest());
  return { ...parsed, id };
}

function writeOf(state: RecordState | undefined, step: Exclude<Step, { do: "meet" }>) {
  const set = (path: string, value: Json) => ({
    kind: "set",
    path,
    value,
    after: (own(state?.registers ?? {}, path) ?? []).map((head) => head.change),
  });
  switch (step.do) {
    case "set":
      return set(step.path, step.value);
    case "element":
      return set(`steps/${step.value}`, { position: "V", title: step.path });
    case "drop":
      return set(`steps/${step.value}`, null);
    case "remove":
      return set(removedPath, removalOf(state, "2026-01-01T00:00:00.000Z"));
    case "putBack":
      return set(removedPath, null);
    case "add":
      return { kind: "members", path: "tags", add: [step.value], remove: [] };
    case "take": {
      const members = own(state?.sets ?? {}, "tags") ?? {};
      const additions = (own(members, `"${step.value.toLowerCase()}`) ?? []).map((a) => a.change);
      return { kind: "members", path: "tags", add: [], remove: [{ value: step.value, additions }] };
    }
    case "text":
      return {
        kind: "text",
        path: "body",
        full: step.value,
        hash: "0".repeat(16),
        after: (own(state?.texts ?? {}, "body") ?? []).map((head) => head.change),
      };
  }
}
