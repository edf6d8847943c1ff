/** Acts of a roster without keys or a log: people, their devices, and what each knew. */
import { type Timestamp, timestampSchema } from "#shared/domain/clock.ts";
import {
  type ChangeId,
  type DeviceId,
  deviceIdSchema,
  type RecordId,
  recordIdSchema,
} from "#shared/domain/ids.ts";
import type { Act, Cut, RosterAct } from "#shared/domain/roster/act.ts";
import type { GivenRole, Role } from "#shared/domain/roster/role.ts";
import type { Actor, Founding } from "#shared/domain/roster/roster.ts";

/** A record id that says a number. */
export function testRecord(number: number): RecordId {
  return recordIdSchema.parse(`01m80${String(number).padStart(21, "0")}`);
}

/** A device id that says a number. */
export function testDevice(number: number): DeviceId {
  return deviceIdSchema.parse(String(number).padStart(20, "0"));
}

/** A key or a chain value that says a number. */
export function testKey(number: number): string {
  return `${String(number).padStart(42, "A")}A`;
}

export function testTime(number: number): Timestamp {
  return timestampSchema.parse(
    `${(1_700_000_000_000 + number).toString(16).padStart(11, "0")}-0000`,
  );
}

export const founding: Founding = { library: testRecord(0), root: testDevice(0) };
export const root: Actor = { device: founding.root, person: founding.library };

/** Person and first device of the number. */
export function actor(number: number): Actor {
  return { person: testRecord(number), device: testDevice(number) };
}

export type ActBook = {
  /** Every act so far. */
  readonly acts: RosterAct[];
  /** Writes an act down, made in knowledge of all others unless `after` says of which. */
  readonly write: (who: Actor, act: Act, options?: Options) => RosterAct;
  /** Ids of the acts that nobody has built on. */
  readonly heads: () => readonly ChangeId[];
};

type Options = { readonly after?: readonly RosterAct[]; readonly at?: number };

/** An empty book. */
export function actBook(): ActBook {
  const acts: RosterAct[] = [];
  const heads = () => {
    const known = new Set(acts.flatMap((act) => act.after));
    return acts.map((act) => act.id).filter((id) => !known.has(id));
  };
  return {
    acts,
    heads,
    write: ({ device, person }, act, { after, at } = {}) => {
      const number = acts.length + 1;
      const written: RosterAct = {
        id: `${device}-0-${number}-aaaaaa` as ChangeId,
        at: testTime(at ?? number),
        device,
        author: person,
        after: after?.map((one) => one.id) ?? heads(),
        act,
      };
      acts.push(written);
      return written;
    },
  };
}

export function admit(who: Actor, ...roles: readonly (Role | GivenRole)[]): Act {
  return {
    kind: "admit",
    person: who.person,
    name: "Somebody",
    device: who.device,
    signingKey: testKey(1),
    agreementKey: testKey(2),
    roles: roles.map((role) => (typeof role === "string" ? { role } : role)),
    brought: [],
  };
}

/** A cut of the actor's first stream. */
export function cut({ device }: Actor, sequence: number, chain = sequence): Cut {
  return [device, 0, sequence, testKey(chain)];
}

export function removePerson({ person }: Actor, ...cuts: readonly Cut[]): Act {
  return { kind: "remove", person, cuts: [...cuts] };
}

/** The root admits the first person as a steward. */
export function foundedBook(founder: Actor): ActBook {
  const book = actBook();
  book.write(root, admit(founder, "steward"));
  return book;
}
