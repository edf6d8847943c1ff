/** The roster as it follows from the acts, case by case: who may do what, and what happens at once. */
import { describe, expect, it } from "vitest";
import type { Act } from "#shared/domain/roster/act.ts";
import { evaluateRoster } from "#shared/domain/roster/evaluate-roster.ts";
import type { GivenRole } from "#shared/domain/roster/role.ts";
import { type Actor, holds, standingOf } from "#shared/domain/roster/roster.ts";
import {
  type ActBook,
  actBook,
  actor,
  admit,
  founding,
  foundedBook,
  removePerson,
  root,
  testKey,
  testRecord,
} from "#test/support/roster-acts.ts";

const [ana, ben, cleo, dora] = [actor(1), actor(2), actor(3), actor(4)];
const [sales, care] = [testRecord(101), testRecord(102)];
const rosterOf = (book: ActBook) => evaluateRoster(founding, book.acts);
const isActive = (book: ActBook, who: Actor) => standingOf(rosterOf(book), who.person).active;
const rolesOf = (book: ActBook, who: Actor) =>
  standingOf(rosterOf(book), who.person).roles.map((right) => right.role);

function invitation(key: number, given: Partial<Extract<Act, { kind: "invite" }>> = {}): Act {
  return {
    kind: "invite",
    key: testKey(key),
    role: "member",
    expires: "2030-01-01T00:00:00.000Z",
    ...given,
  };
}

function admitWith(key: number, who: Actor, ...roles: Parameters<typeof admit>[1][]): Act {
  return { ...admit(who, ...roles), invite: testKey(key) } as Act;
}

describe("founding", () => {
  it("begins with whom the root admits", () => {
    const book = foundedBook(ana);
    expect(isActive(book, ana)).toBe(true);
    expect(rolesOf(book, ana)).toEqual(["steward"]);
  });

  it("takes nobody's word but the root's for the first steward", () => {
    const book = actBook();
    book.write(ana, admit(ana, "steward"));
    expect(isActive(book, ana)).toBe(false);
    expect(rosterOf(book).refused.size).toBe(1);
  });

  it("does not take the root's device in somebody else's name", () => {
    const book = actBook();
    book.write({ ...root, person: ana.person }, admit(ana, "steward"));
    expect(isActive(book, ana)).toBe(false);
  });
});

describe("stewards, leads and members", () => {
  it("lets a steward admit, grant and withdraw", () => {
    const book = foundedBook(ana);
    book.write(ana, admit(ben, "member"));
    book.write(ana, { kind: "grant", person: ben.person, role: "verifier" });
    expect(rolesOf(book, ben)).toEqual(["member", "verifier"]);
    book.write(ana, { kind: "withdraw", person: ben.person, role: "verifier", cuts: [] });
    expect(rolesOf(book, ben)).toEqual(["member"]);
  });

  it("gives a withdrawn role back only by an act that knows of the withdrawal", () => {
    const book = foundedBook(ana);
    const admitted = book.write(ana, admit(ben, "member"));
    const grant: Act = { kind: "grant", person: ben.person, role: "mentor" };
    book.write(ana, grant);
    book.write(ana, { kind: "withdraw", person: ben.person, role: "mentor", cuts: [] });
    book.write(ana, grant, { after: [admitted] });
    expect(rolesOf(book, ben)).toEqual(["member"]);
    book.write(ana, grant);
    expect(rolesOf(book, ben)).toEqual(["member", "mentor"]);
  });

  const led: GivenRole = { role: "lead", departments: [sales] };
  it.each<[string, Act, boolean]>([
    ["make a mentor in an own department", grantOf("mentor", [sales]), true],
    ["make a verifier in an own department", grantOf("verifier", [sales]), true],
    ["make a mentor in another department", grantOf("mentor", [care]), false],
    ["make a mentor in both", grantOf("mentor", [sales, care]), false],
    ["make a mentor without saying where", grantOf("mentor"), false],
    ["make a lead", grantOf("lead", [sales]), false],
    ["make a steward", grantOf("steward", [sales]), false],
    ["invite into an own department", invitation(9, { departments: [sales] }), true],
    ["invite a steward", invitation(9, { role: "steward", departments: [sales] }), false],
    ["invite into another department", invitation(9, { departments: [care] }), false],
    ["remove somebody of an own department", removePerson(cleo), true],
    ["remove a steward", removePerson(ana), false],
    [
      "admit somebody without an invitation",
      admit(dora, { role: "member", departments: [sales] }),
      false,
    ],
  ])("decides whether a lead may %s", (_, act, may) => {
    const book = foundedBook(ana);
    book.write(ana, admit(ben, led));
    book.write(ana, admit(cleo, { role: "member", departments: [sales] }));
    expect(rosterOf(book).refusalOf(ben, act, 0) === undefined).toBe(may);
    const { id } = book.write(ben, act);
    expect(rosterOf(book).refused.has(id)).toBe(!may);
  });

  it("lets a lead admit whom a lead invited, in that role and department and no other", () => {
    const book = foundedBook(ana);
    book.write(ana, admit(ben, led));
    book.write(ben, invitation(9, { departments: [sales] }));
    const wrong = book.write(ben, admitWith(9, dora, { role: "verifier", departments: [sales] }));
    book.write(ben, admitWith(9, dora, { role: "member", departments: [sales] }));
    expect(rosterOf(book).refused.has(wrong.id)).toBe(true);
    expect(rolesOf(book, dora)).toEqual(["member"]);
  });

  it("does not let a lead take in a device under a steward's name", () => {
    const book = foundedBook(ana);
    const leading = book.write(ana, admit(ben, led));
    const invited = book.write(ben, invitation(9, { departments: [sales] }));
    book.write(ana, admit(cleo, "steward"), { after: [leading] });
    const thief = { device: dora.device, person: cleo.person };
    const claim = admitWith(9, thief, { role: "member", departments: [sales] });
    const { id } = book.write(ben, claim, { after: [invited] });
    book.write(thief, admit(dora, "steward"));
    expect(rosterOf(book).refused.has(id)).toBe(false);
    expect(isActive(book, dora)).toBe(false);
    expect(
      rosterOf(book)
        .admissions.get(dora.device)?.[0]
        ?.roles.map(({ role }) => role),
    ).toEqual(["member"]);
    book.write(ana, { kind: "grant", person: cleo.person, role: "verifier" });
    expect(
      rosterOf(book)
        .admissions.get(dora.device)?.[0]
        ?.roles.map(({ role }) => role),
    ).toEqual(["member", "verifier"]);
  });

  it("lets a member do none of it", () => {
    const book = foundedBook(ana);
    book.write(ana, admit(ben, "member"));
    for (const act of [
      grantOf("mentor"),
      invitation(9),
      admit(dora, "member"),
      removePerson(ana),
    ]) {
      const { id } = book.write(ben, act);
      expect(rosterOf(book).refused.get(id)).toMatch(/Ask/u);
    }
  });
});

function grantOf(role: "mentor" | "verifier" | "lead" | "steward", departments?: Departments): Act {
  return { kind: "grant", person: cleo.person, role, ...(departments && { departments }) };
}
type Departments = NonNullable<Extract<Act, { kind: "grant" }>["departments"]>;

describe("invitations", () => {
  it("take in one device", () => {
    const book = foundedBook(ana);
    book.write(ana, invitation(9));
    const first = book.write(ana, admitWith(9, ben, "member"));
    const second = book.write(ana, admitWith(9, cleo, "member"));
    const roster = rosterOf(book);
    expect(roster.invitations.get(testKey(9))?.usedBy).toBe(first.id);
    expect(roster.refused.get(second.id)).toContain("used already");
  });

  it("take in one device when two stewards admit at once", () => {
    const book = foundedBook(ana);
    book.write(ana, admit(cleo, "steward"));
    const invited = book.write(ana, invitation(9));
    book.write(ana, admitWith(9, ben, "member"), { after: [invited], at: 50 });
    book.write(cleo, admitWith(9, dora, "member"), { after: [invited], at: 40 });
    expect([isActive(book, ben), isActive(book, dora)]).toEqual([false, true]);
  });

  it("end with their days, by the clock of whoever admits", () => {
    const book = foundedBook(ana);
    book.write(ana, invitation(9, { expires: new Date(1_700_000_000_100).toISOString() }));
    const late = book.write(ana, admitWith(9, ben, "member"), { at: 101 });
    expect(rosterOf(book).refused.get(late.id)).toContain("expired");
    book.write(ana, admitWith(9, ben, "member"), { at: 100 });
    expect(isActive(book, ben)).toBe(true);
  });

  it("are void once they are withdrawn, and for who admits without knowing of it", () => {
    const book = foundedBook(ana);
    book.write(ana, admit(cleo, "steward"));
    const invited = book.write(ana, invitation(9));
    book.write(ana, { kind: "withdraw_invite", invite: testKey(9) });
    book.write(cleo, admitWith(9, ben, "member"), { after: [invited] });
    expect(isActive(book, ben)).toBe(false);
    expect(rosterOf(book).invitations.get(testKey(9))?.withdrawn).toBe(true);
  });

  it("keep whom they took in before they were withdrawn", () => {
    const book = foundedBook(ana);
    book.write(ana, invitation(9));
    book.write(ana, admitWith(9, ben, "member"));
    book.write(ana, { kind: "withdraw_invite", invite: testKey(9) });
    expect(isActive(book, ben)).toBe(true);
  });

  it("end with whoever wrote them", () => {
    const book = foundedBook(ana);
    book.write(ana, admit(cleo, "steward"));
    book.write(cleo, invitation(9));
    book.write(ana, removePerson(cleo));
    book.write(ana, admitWith(9, ben, "member"));
    expect(isActive(book, ben)).toBe(false);
  });

  it("let a member take in a further device of their own, which then has their roles", () => {
    const book = foundedBook(ana);
    book.write(ana, admit(ben, "member", "verifier"));
    const laptop = { person: ben.person, device: dora.device };
    book.write(ben, invitation(9, { person: ben.person }));
    book.write(ben, admitWith(9, laptop));
    const [admission] = rosterOf(book).admissions.get(laptop.device) ?? [];
    expect(admission?.roles.map(({ role }) => role)).toEqual(["member", "verifier"]);
  });

  it("for a further device take in nobody else", () => {
    const book = foundedBook(ana);
    book.write(ana, admit(ben, "member"));
    book.write(ana, invitation(9, { person: ben.person }));
    book.write(ana, admitWith(9, cleo));
    expect(isActive(book, cleo)).toBe(false);
  });
});

describe("removal", () => {
  it("voids what the removed do afterwards and what they did at the same time", () => {
    const book = foundedBook(ana);
    const before = book.write(ana, admit(ben, "steward"));
    book.write(ana, removePerson(ben));
    book.write(ben, admit(cleo, "steward"), { after: [before] });
    book.write(ben, admit(dora, "steward"));
    expect([isActive(book, ben), isActive(book, cleo), isActive(book, dora)]).toEqual([
      false,
      false,
      false,
    ]);
  });

  it("keeps what the removed did before, as far as whoever removed them knew it", () => {
    const book = foundedBook(ana);
    book.write(ana, admit(ben, "steward"));
    book.write(ben, admit(cleo, "member"));
    book.write(ana, removePerson(ben));
    expect([isActive(book, ben), isActive(book, cleo)]).toEqual([false, true]);
  });

  it("removes both of two who remove each other", () => {
    const book = foundedBook(ana);
    const both = book.write(ana, admit(ben, "steward"));
    book.write(ana, removePerson(ben), { after: [both] });
    book.write(ben, removePerson(ana), { after: [both] });
    expect([isActive(book, ana), isActive(book, ben)]).toEqual([false, false]);
    book.write(root, admit(ana, "steward"));
    expect(isActive(book, ana)).toBe(true);
  });

  it("lets somebody who is being removed take only those along who remove them", () => {
    const book = foundedBook(ana);
    book.write(ana, admit(ben, "steward"));
    const all = book.write(ana, admit(cleo, "steward"));
    book.write(ana, removePerson(ben));
    book.write(ben, removePerson(cleo), { after: [all] });
    book.write(ben, removePerson(ana), { after: [all] });
    expect([isActive(book, ana), isActive(book, ben), isActive(book, cleo)]).toEqual([
      false,
      false,
      true,
    ]);
  });

  it("wins over a grant that did not know of it", () => {
    const book = foundedBook(ana);
    book.write(ana, admit(cleo, "steward"));
    const known = book.write(ana, admit(ben, "member"));
    book.write(ana, removePerson(ben), { after: [known] });
    book.write(cleo, { kind: "grant", person: ben.person, role: "steward" }, { after: [known] });
    expect(isActive(book, ben)).toBe(false);
    expect(rolesOf(book, ben)).toEqual([]);
  });

  it("wins over an admission that did not know of it, and not over one that did", () => {
    const book = foundedBook(ana);
    book.write(ana, admit(cleo, "steward"));
    const known = book.write(ana, admit(ben, "member"));
    const removal = book.write(ana, removePerson(ben), { after: [known] });
    const phone = { person: ben.person, device: dora.device };
    book.write(cleo, admit(phone), { after: [known] });
    expect(isActive(book, ben)).toBe(false);
    book.write(cleo, admit(ben, "mentor"), { after: [removal] });
    expect(rolesOf(book, ben)).toEqual(["mentor"]);
  });

  it("cannot take from anybody what the root gives without knowing of it, nor the root itself", () => {
    const book = foundedBook(ana);
    const known = book.write(ana, admit(ben, "steward"));
    book.write(ben, removePerson(ana), { after: [known] });
    book.write(root, admit(ana, "steward"), { after: [known] });
    expect(isActive(book, ana)).toBe(true);
    book.write(ben, { kind: "remove", device: founding.root, cuts: [] });
    book.write(root, admit(cleo, "steward"));
    expect(isActive(book, cleo)).toBe(true);
  });

  it("of one device leaves the person with the other", () => {
    const book = foundedBook(ana);
    book.write(ana, admit(ben, "member"));
    const phone = { person: ben.person, device: dora.device };
    book.write(ana, admit(phone));
    book.write(phone, { kind: "remove", device: ben.device, cuts: [] });
    const roster = rosterOf(book);
    expect(roster.admissions.get(ben.device)?.[0]?.ends).toHaveLength(1);
    expect(roster.admissions.get(phone.device)?.[0]?.ends).toHaveLength(0);
    expect(standingOf(roster, ben.person).active).toBe(true);
  });

  it("by somebody demoted at the same time counts only against who demoted them", () => {
    const book = foundedBook(ana);
    book.write(ana, admit(cleo, "member"));
    const known = book.write(ana, admit(ben, "steward"));
    book.write(ana, { kind: "withdraw", person: ben.person, role: "steward", cuts: [] });
    book.write(ben, removePerson(cleo), { after: [known] });
    expect(isActive(book, cleo)).toBe(true);
    expect(holds(rosterOf(book), ben.person, "steward")).toBe(false);
  });
});

describe("what has not arrived", () => {
  it("holds back an act whose author knew something that is not here", () => {
    const book = foundedBook(ana);
    book.write(ana, admit(ben, "steward"));
    book.write(ben, admit(cleo, "member"));
    const [founded, , last] = book.acts;
    const roster = evaluateRoster(founding, founded && last ? [founded, last] : []);
    expect(roster.waiting).toEqual([last]);
    expect(standingOf(roster, cleo.person).active).toBe(false);
  });

  it("keeps the place of an act that only a newer version understands", () => {
    const book = foundedBook(ana);
    book.acts.push({ ...book.write(ana, admit(ben, "member")), act: null });
    book.acts.splice(-2, 1);
    book.write(ana, admit(cleo, "member"));
    expect([isActive(book, ben), isActive(book, cleo)]).toEqual([false, true]);
  });
});
