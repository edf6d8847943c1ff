/** Which change counts: every role with every kind of change, and what lies beyond an end. */
import { describe, expect, it } from "vitest";
import type { Write } from "#shared/domain/change.ts";
import type { Json } from "#shared/domain/json.ts";
import { applyChange, type RecordState } from "#shared/domain/record-state.ts";
import type { Act, Cut } from "#shared/domain/roster/act.ts";
import { allowed, type Asked, type Verdict } from "#shared/domain/roster/allowed.ts";
import { evaluateRoster } from "#shared/domain/roster/evaluate-roster.ts";
import type { GivenRole } from "#shared/domain/roster/role.ts";
import type { Actor, Roster } from "#shared/domain/roster/roster.ts";
import {
  actor,
  admit,
  cut,
  founding,
  foundedBook,
  removePerson,
  root,
  testKey,
  testRecord,
  testTime,
} from "#test/support/roster-acts.ts";

const [steward, me, colleague] = [actor(1), actor(2), actor(3)];
const [sales, care] = [testRecord(101), testRecord(102)];

const asRole: Readonly<Record<string, readonly GivenRole[]>> = {
  member: [{ role: "member" }],
  mentor: [{ role: "mentor" }],
  verifier: [{ role: "member" }, { role: "verifier" }],
  lead: [{ role: "lead", departments: [sales] }],
  steward: [{ role: "steward" }],
};

function rosterWith(roles: readonly GivenRole[], ...acts: readonly Act[]): Roster {
  const book = foundedBook(steward);
  book.write(steward, admit(colleague, "member"));
  book.write(steward, admit(me, ...roles));
  for (const act of acts) book.write(steward, act);
  return evaluateRoster(founding, book.acts);
}

type Given = {
  readonly by?: Actor;
  readonly type?: string;
  readonly record?: ReturnType<typeof testRecord>;
  readonly set?: Readonly<Record<string, Json>>;
  readonly sequence?: number;
  readonly incarnation?: number;
  readonly writes?: readonly Write[];
};

function change(given: Given): Asked {
  const { by = me, type = "playbook", record = testRecord(500), set = {} } = given;
  const writes = Object.entries(set).map(([path, value]): Write => {
    return { kind: "set", path, value, after: [] };
  });
  return {
    device: by.device,
    author: by.person,
    incarnation: given.incarnation ?? 0,
    sequence: given.sequence ?? 1000,
    type,
    record,
    writes: [...writes, ...(given.writes ?? [])],
  };
}

/** A record as it stands, made by somebody. */
function record(by: Actor, type: string, set: Readonly<Record<string, Json>> = {}): RecordState {
  const made = change({ by, type, set: { title: "A title", ...set } });
  const id = `${by.device}-0-1-aaaaaa`;
  return applyChange(undefined, {
    ...made,
    v: 1,
    id,
    at: testTime(1),
    action: made.record,
  } as never);
}

type Case = { readonly change: Asked; readonly before?: RecordState };

const theirs = (type: string, set: Readonly<Record<string, Json>> = {}) =>
  record(colleague, type, { department_id: sales, ...set });
const members = (path: string, add: readonly Json[]): Write => ({
  kind: "members",
  path,
  add: [...add],
  remove: [],
});

/** What is done, and who may; `lead` leads the department of it. */
const table: readonly (readonly [string, Case, readonly string[]])[] = [
  [
    "make a draft",
    { change: change({ set: { title: "A" } }) },
    ["member", "mentor", "verifier", "lead", "steward"],
  ],
  [
    "make a published playbook in the department",
    { change: change({ set: { status: "published", department_id: sales } }) },
    ["lead", "steward"],
  ],
  [
    "make a published playbook elsewhere",
    { change: change({ set: { status: "published", department_id: care } }) },
    ["steward"],
  ],
  [
    "send an own playbook to review",
    { change: change({ set: { status: "in_review" } }), before: record(me, "playbook") },
    ["member", "mentor", "verifier", "lead", "steward"],
  ],
  [
    "publish an own playbook of the department",
    {
      change: change({ set: { status: "published" } }),
      before: record(me, "playbook", { department_id: sales }),
    },
    ["lead", "steward"],
  ],
  [
    "publish an own playbook of another department",
    {
      change: change({ set: { status: "published" } }),
      before: record(me, "playbook", { department_id: care }),
    },
    ["steward"],
  ],
  [
    "publish an own lesson",
    {
      change: change({ type: "lesson", set: { status: "published" } }),
      before: record(me, "lesson"),
    },
    ["member", "mentor", "verifier", "lead", "steward"],
  ],
  [
    "edit an own record",
    { change: change({ set: { title: "B" } }), before: record(me, "playbook") },
    ["member", "mentor", "verifier", "lead", "steward"],
  ],
  [
    "edit a record owned, made by another",
    {
      change: change({ set: { title: "B" } }),
      before: theirs("playbook", { owner_id: me.person, department_id: care }),
    },
    ["member", "mentor", "verifier", "lead", "steward"],
  ],
  [
    "edit another's of the department",
    { change: change({ set: { title: "B" } }), before: theirs("playbook") },
    ["lead", "steward"],
  ],
  [
    "edit another's of another department",
    {
      change: change({ set: { title: "B" } }),
      before: theirs("playbook", { department_id: care }),
    },
    ["steward"],
  ],
  [
    "take another's record over as owner",
    { change: change({ set: { owner_id: me.person } }), before: theirs("lesson") },
    ["lead", "steward"],
  ],
  [
    "move another's into the department led",
    {
      change: change({ set: { department_id: sales } }),
      before: theirs("lesson", { department_id: care }),
    },
    ["steward"],
  ],
  [
    "remove an own record",
    { change: change({ set: { removed_at: null } }), before: record(me, "lesson") },
    ["member", "mentor", "verifier", "lead", "steward"],
  ],
  [
    "remove another's",
    {
      change: change({ set: { removed_at: { at: "2026-01-01", seen: [] } } }),
      before: theirs("lesson"),
    },
    ["lead", "steward"],
  ],
  [
    "take another's back from the trash",
    { change: change({ set: { removed_at: null } }), before: theirs("lesson") },
    ["lead", "steward"],
  ],
  [
    "tag another's",
    { change: change({ writes: [members("tags", ["refunds"])] }), before: theirs("playbook") },
    ["member", "mentor", "verifier", "lead", "steward"],
  ],
  [
    "tag and edit another's at once",
    {
      change: change({ set: { title: "B" }, writes: [members("tags", ["refunds"])] }),
      before: theirs("playbook"),
    },
    ["lead", "steward"],
  ],
  [
    "say how another's lesson was applied",
    {
      change: change({ set: { "applications/a1": { result: "better" } } }),
      before: theirs("lesson"),
    },
    ["member", "mentor", "verifier", "lead", "steward"],
  ],
  [
    "vote",
    {
      change: change({ type: "request", writes: [members("votes", [me.person])] }),
      before: theirs("request"),
    },
    ["member", "mentor", "verifier", "lead", "steward"],
  ],
  [
    "vote for another",
    {
      change: change({ type: "request", writes: [members("votes", [colleague.person])] }),
      before: theirs("request"),
    },
    ["lead", "steward"],
  ],
  [
    "answer another's request",
    {
      change: change({ set: { status: "fulfilled", fulfilled_by: testRecord(9) } }),
      before: theirs("request"),
    },
    ["member", "mentor", "verifier", "lead", "steward"],
  ],
  [
    "verify another's",
    {
      change: change({ set: { "verification/.verified_at": "2026-01-05" } }),
      before: theirs("playbook"),
    },
    ["verifier", "lead", "steward"],
  ],
  [
    "verify and edit another's at once",
    {
      change: change({ set: { "verification/.verified_at": "2026-01-05", title: "B" } }),
      before: theirs("playbook"),
    },
    ["lead", "steward"],
  ],
  [
    "make the own person page",
    { change: change({ type: "person", record: me.person, set: { display_name: "Me" } }) },
    ["member", "mentor", "verifier", "lead", "steward"],
  ],
  [
    "edit the own person page, whoever made it",
    {
      change: change({ record: me.person, set: { display_name: "Me" } }),
      before: theirs("person", { department_id: care }),
    },
    ["member", "mentor", "verifier", "lead", "steward"],
  ],
  [
    "add another person",
    { change: change({ type: "person", set: { display_name: "An expert" } }) },
    ["lead", "steward"],
  ],
  [
    "edit a person of the department",
    { change: change({ set: { display_name: "X" } }), before: theirs("person") },
    ["lead", "steward"],
  ],
  [
    "edit a person whom one added",
    {
      change: change({ set: { display_name: "X" } }),
      before: record(me, "person", { department_id: care }),
    },
    ["steward"],
  ],
  [
    "add a department",
    { change: change({ type: "department", set: { name: "New" } }) },
    ["lead", "steward"],
  ],
  [
    "edit another's department that is led",
    { change: change({ record: sales, set: { name: "New" } }), before: theirs("department") },
    ["lead", "steward"],
  ],
  [
    "edit another's department",
    { change: change({ record: care, set: { name: "New" } }), before: theirs("department") },
    ["steward"],
  ],
  [
    "add a skill",
    { change: change({ type: "skill", set: { name: "Asking" } }) },
    ["lead", "steward"],
  ],
  [
    "add a topic",
    { change: change({ type: "topic", set: { name: "Refunds" } }) },
    ["member", "mentor", "verifier", "lead", "steward"],
  ],
  [
    "rename another's topic",
    { change: change({ set: { name: "Refunds" } }), before: record(colleague, "topic") },
    ["lead", "steward"],
  ],
  [
    "make a record of a type nobody knows",
    { change: change({ type: "hologram", set: { x: 1 } }) },
    ["member", "mentor", "verifier", "lead", "steward"],
  ],
  [
    "edit another's of a type nobody knows",
    { change: change({ set: { x: 1 } }), before: record(colleague, "hologram") },
    ["steward"],
  ],
];

/** The device of which this record's id says that it made it. */
const madeByColleague = testRecord(600);
const makerOf = (id: string) => (id === madeByColleague ? colleague.device : undefined);

function judge(asked: Case, roster: Roster | undefined, liesBelow = true): Verdict {
  return allowed(asked.change, {
    roster,
    before: asked.before,
    liesBelow: () => liesBelow,
    makerOf,
  });
}

describe("by role", () => {
  const cases = table.flatMap(([deed, asked, who]) =>
    Object.keys(asRole).map((role) => [role, deed, who.includes(role), asked] as const),
  );
  it.each(cases)("a %s who wants to %s: %s", (role, _, may, asked) => {
    const verdict = judge(asked, rosterWith(asRole[role] ?? []));
    expect(verdict.ok).toBe(may);
    if (!verdict.ok) expect(verdict).toMatchObject({ reason: "not_permitted", sentence: /\w/u });
    if (!verdict.ok) expect(verdict.sentence).toMatch(/\. (?:Ask|Everybody|Keep|Take)|vote\.$/u);
  });

  it("allows everything while nothing is shared", () => {
    for (const [, asked] of table) expect(judge(asked, undefined)).toEqual({ ok: true });
  });
});

const idOf = ({ device, person }: Actor) => ({ device, author: person });

describe("by device", () => {
  const draft = { change: change({ set: { title: "A" } }) };

  it("refuses a device that was not admitted", () => {
    const roster = evaluateRoster(founding, foundedBook(steward).acts);
    expect(judge(draft, roster)).toMatchObject({ ok: false, reason: "not_permitted" });
  });

  it("refuses what a device says in another's name, a steward's too", () => {
    const roster = rosterWith([{ role: "steward" }]);
    const forged = { change: { ...draft.change, author: colleague.person } };
    expect(judge(forged, roster)).toMatchObject({ ok: false, reason: "not_permitted" });
  });

  it("refuses a claim to have made what another device made, and a member's edit of nothing", () => {
    const roster = rosterWith([{ role: "steward" }]);
    const claim = change({ record: madeByColleague, set: { title: "Mine" } });
    expect(judge({ change: claim }, roster)).toMatchObject({ ok: false, reason: "not_permitted" });
    const edit = { ...claim, on: `${colleague.device}-0-1-aaaaaa` } as Asked;
    expect(judge({ change: edit }, roster)).toEqual({ ok: true });
    const asMember = rosterWith([{ role: "member" }]);
    expect(judge({ change: edit }, asMember)).toMatchObject({ reason: "not_permitted" });
    expect(judge({ change: { ...claim, ...idOf(colleague) } }, roster)).toEqual({ ok: true });
  });

  it("takes no record from the root's key", () => {
    const roster = rosterWith([{ role: "member" }]);
    expect(judge({ change: change({ by: root, set: { title: "A" } }) }, roster).ok).toBe(false);
  });

  it("decides about an act as the roster did", () => {
    const book = foundedBook(steward);
    const good = book.write(steward, admit(me, "member"));
    const bad = book.write(me, admit(colleague, "steward"));
    const roster = evaluateRoster(founding, book.acts);
    const asked = (id: string) => ({
      change: { ...change({ type: "roster", record: founding.library }), id } as Asked,
    });
    expect(judge(asked(good.id), roster)).toEqual({ ok: true });
    expect(judge(asked(bad.id), roster)).toMatchObject({ ok: false, reason: "not_permitted" });
  });
});

describe("beyond an end", () => {
  const at = (sequence: number, incarnation = 0) => ({
    change: change({ set: { title: "A" }, sequence, incarnation }),
  });
  const removed = rosterWith([{ role: "member" }], removePerson(me, cut(me, 10)));

  it("keeps what was written up to a removal", () => {
    expect(judge(at(10), removed)).toEqual({ ok: true });
  });

  it("refuses what came after it, and every other life of the device", () => {
    expect(judge(at(11), removed)).toMatchObject({ ok: false, reason: "removed" });
    expect(judge(at(1, 5), removed)).toMatchObject({ ok: false, reason: "removed" });
  });

  it("refuses what lies below the cut on another chain", () => {
    expect(judge(at(9), removed, false)).toMatchObject({ ok: false, reason: "removed" });
  });

  it("counts what a steward took over, on its chain and up to its end", () => {
    const adopt: Act = {
      kind: "adopt",
      device: me.device,
      inc: 0,
      from: 11,
      to: 12,
      chain: testKey(12),
    };
    const roster = rosterWith([{ role: "member" }], removePerson(me, cut(me, 10)), adopt);
    expect(judge(at(12), roster)).toEqual({ ok: true });
    expect(judge(at(13), roster).ok).toBe(false);
    expect(judge(at(12), roster, false).ok).toBe(false);
  });

  it("gives a withdrawn role to what was written before it", () => {
    const cuts: Cut[] = [cut(me, 10)];
    const roster = rosterWith([{ role: "member" }, { role: "verifier" }], {
      kind: "withdraw",
      person: me.person,
      role: "verifier",
      cuts,
    });
    const verify = (sequence: number) => ({
      change: change({ set: { "verification/.verified_at": "2026-01-05" }, sequence }),
      before: theirs("playbook"),
    });
    expect(judge(verify(10), roster)).toEqual({ ok: true });
    expect(judge(verify(11), roster).ok).toBe(false);
  });

  it("takes everything again from somebody who was taken in again", () => {
    const roster = rosterWith(
      [{ role: "member" }],
      removePerson(me, cut(me, 10)),
      admit(me, "member"),
    );
    expect(judge(at(11), roster)).toEqual({ ok: true });
  });
});

describe("what somebody brought", () => {
  const brought = (): Roster => {
    const book = foundedBook(steward);
    const act = { ...admit(me, "member"), brought: [[0, 10, testKey(10)]] } as Act;
    book.write(steward, act);
    return evaluateRoster(founding, book.acts);
  };
  const at = (sequence: number, before?: RecordState): Case => {
    const asked = change({ type: "department", set: { name: "Sales" }, sequence });
    return before === undefined ? { change: asked } : { change: asked, before };
  };

  it("stays theirs, whatever roles they have", () => {
    expect(judge(at(10), brought())).toEqual({ ok: true });
    expect(judge(at(10, record(me, "person")), brought())).toEqual({ ok: true });
  });

  it("ends where they asked to join, and on that chain", () => {
    expect(judge(at(11), brought()).ok).toBe(false);
    expect(judge(at(10), brought(), false).ok).toBe(false);
  });

  it("does not reach into the records of others", () => {
    expect(judge(at(10, record(steward, "department")), brought()).ok).toBe(false);
  });
});
