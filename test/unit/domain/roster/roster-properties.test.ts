/** Laws of the roster over random histories of acts, honest and hostile. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson, type Json } from "#shared/domain/json.ts";
import type { Act, RosterAct } from "#shared/domain/roster/act.ts";
import { evaluateRoster } from "#shared/domain/roster/evaluate-roster.ts";
import { type Actor, type Roster, standingOf } from "#shared/domain/roster/roster.ts";
import { processorTime } from "#test/support/processor-time.ts";
import {
  type ActBook,
  actor,
  admit,
  founding,
  foundedBook,
  removePerson,
  root,
  testDevice,
  testKey,
  testRecord,
} from "#test/support/roster-acts.ts";
import { seeded } from "#test/support/seeded.ts";

const people = [1, 2, 3, 4, 5, 6].map(actor);
const departments = [testRecord(101), testRecord(102)];
const somebody = fc.constantFrom(...people);
const role = fc.constantFrom("member", "mentor", "verifier", "lead", "steward" as const);
const given = fc.record({
  role,
  departments: fc.subarray(departments, { minLength: 1 }),
});
const key = fc.integer({ min: 1, max: 4 }).map(testKey);

const act: fc.Arbitrary<Act> = fc.oneof(
  fc
    .tuple(somebody, somebody, given, fc.option(key))
    .map(([person, { device }, role, invite]): Act => {
      return {
        ...admit({ person: person.person, device }, role),
        ...(invite && { invite }),
      };
    }),
  fc.tuple(key, given, fc.option(somebody)).map(([name, role, who]): Act => {
    const expires = "2030-01-01T00:00:00.000Z";
    return { kind: "invite", key: name, ...role, expires, ...(who && { person: who.person }) };
  }),
  key.map((invite): Act => ({ kind: "withdraw_invite", invite })),
  fc
    .tuple(somebody, given)
    .map(([who, role]): Act => ({ kind: "grant", person: who.person, ...role })),
  fc
    .tuple(somebody, role)
    .map(([who, one]): Act => ({ kind: "withdraw", person: who.person, role: one, cuts: [] })),
  somebody.map((who) => removePerson(who)),
  somebody.map(({ device }): Act => ({ kind: "remove", device, cuts: [] })),
);

type Step = { readonly who: Actor; readonly act: Act; readonly forgets: readonly boolean[] };

/** Who acts, and which of the latest acts they have not heard of. */
const step = (who: fc.Arbitrary<Actor>): fc.Arbitrary<Step> =>
  fc.record({ who, act, forgets: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }) });

function played(book: ActBook, steps: readonly Step[]): ActBook {
  for (const { who, act: one, forgets } of steps) {
    const latest = book.acts.slice(-forgets.length);
    const known = latest.filter((_, index) => !forgets[index]);
    const first = book.acts.slice(0, 1);
    book.write(who, one, { after: known.length > 0 ? known : first });
  }
  return book;
}

/** Everything that a roster says, as text. */
function said(roster: Roster): string {
  const { refusalOf: _, refused, ...rest } = roster;
  const plain = Object.entries(rest).map(([name, value]): [string, unknown] => [
    name,
    value instanceof Map ? byKey(value) : value,
  ]);
  return canonicalJson(JSON.parse(JSON.stringify([plain, byKey(refused)])) as Json);
}

function byKey(map: ReadonlyMap<string, unknown>) {
  return [...map].toSorted(([a], [b]) => (a < b ? -1 : 1));
}

const anybody = fc.constantFrom(...people, root);

describe("the roster", () => {
  it("is the same whatever order the acts arrive in", () => {
    const histories = fc.array(step(anybody), { minLength: 3, maxLength: 25 });
    fc.assert(
      fc.property(histories, fc.infiniteStream(fc.nat()), (steps, random) => {
        const { acts } = played(foundedBook(people[0] as Actor), steps);
        const shuffled = acts
          .map((one) => ({ one, key: random.next().value as number }))
          .toSorted((a, b) => a.key - b.key)
          .map(({ one }) => one);
        expect(said(evaluateRoster(founding, shuffled))).toBe(said(evaluateRoster(founding, acts)));
        expect(said(evaluateRoster(founding, [...acts, ...acts]))).toBe(
          said(evaluateRoster(founding, acts)),
        );
      }),
      seeded(31, 300),
    );
  });

  it("says the same of everybody when strangers add acts", () => {
    const stranger = { person: testRecord(77), device: testDevice(77) };
    fc.assert(
      fc.property(
        fc.array(step(anybody), { minLength: 3, maxLength: 20 }),
        fc.array(step(fc.constant(stranger)), { maxLength: 10 }),
        (steps, strange) => {
          const book = played(foundedBook(people[0] as Actor), steps);
          const before = evaluateRoster(founding, book.acts);
          const after = evaluateRoster(founding, played(book, strange).acts);
          expect([...after.rights]).toEqual([...before.rights]);
          expect([...after.admissions]).toEqual([...before.admissions]);
          expect([...after.invitations]).toEqual([...before.invitations]);
        },
      ),
      seeded(32, 200),
    );
  });

  it("has no steward whom no steward made, whatever everybody else does", () => {
    const [ana, ben, ...others] = people as [Actor, Actor, ...Actor[]];
    const notStewards = fc.constantFrom(ben, ...others);
    fc.assert(
      fc.property(fc.array(step(notStewards), { minLength: 5, maxLength: 40 }), (steps) => {
        const book = foundedBook(ana);
        book.write(ana, admit(ben, { role: "lead", departments }));
        book.write(ana, admit(others[0] as Actor, "member", "verifier"));
        const { acts } = played(book, steps);
        const roster = evaluateRoster(founding, acts);
        expect(stewards(roster)).toEqual([ana.person]);
        expect(standingOf(roster, ana.person).active).toBe(true);
        const speaking = [...roster.admissions.values()]
          .flat()
          .filter(({ roles }) => roles.some((right) => right.role === "steward"));
        expect(speaking.map(({ device }) => device)).toEqual([ana.device]);
      }),
      seeded(33, 400),
    );
  });

  it("lets nobody who was removed act again without being taken in again", () => {
    const [ana, ben] = people as [Actor, Actor];
    fc.assert(
      fc.property(fc.array(step(fc.constant(ben)), { maxLength: 25 }), (steps) => {
        const book = foundedBook(ana);
        const known = book.write(ana, admit(ben, "steward"));
        book.write(ana, removePerson(ben));
        const claims = steps.map((one, index) => {
          const backdated = { after: index % 2 === 0 ? [known] : book.acts.slice(-1) };
          return book.write(ben, one.act, backdated);
        });
        const roster = evaluateRoster(founding, book.acts);
        expect(standingOf(roster, ben.person).active).toBe(false);
        const taken = claims.filter(({ id, act: one }) => !roster.refused.has(id) && adds(one));
        expect(taken).toEqual([]);
      }),
      seeded(34, 300),
    );
  });

  it("of two thousand people is worked out in less than 300 milliseconds", () => {
    const book = foundedBook(people[0] as Actor);
    let last: RosterAct | undefined = book.acts[0];
    for (let number = 10; number < 2010; number += 1) {
      last = book.write(people[0] as Actor, admit(actor(number), "member"), {
        after: last ? [last] : [],
      });
    }
    const spent = processorTime();
    const roster = evaluateRoster(founding, book.acts);
    const milliseconds = spent();
    expect(roster.admissions.size).toBe(2001);
    expect(milliseconds).toBeLessThan(300);
  });
});

function stewards(roster: Roster) {
  return [...roster.rights.keys()].filter((person) =>
    standingOf(roster, person).roles.some((right) => right.role === "steward"),
  );
}

function adds(one: Act | null): boolean {
  return one !== null && ["admit", "grant", "invite", "adopt"].includes(one.kind);
}
