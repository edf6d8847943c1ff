/**
 * The roster: who belongs to a library, with which devices and roles, and how far what each of them
 * writes counts. It is computed from the acts alone, so every device that has the same acts has the
 * same roster; nothing here is ever stored.
 */
import type { Timestamp } from "../clock.ts";
import type { ChangeId, DeviceId, RecordId } from "../ids.ts";
import type { Act, Cut, RosterAct } from "./act.ts";
import type { Role } from "./role.ts";

/** Which library, and whose key founded it. */
export type Founding = {
  readonly library: RecordId;
  /** The device of the root key: it founds the library and stands above everybody. */
  readonly root: DeviceId;
};

/**
 * Until where something holds: each end is what one removal or withdrawal says of the streams that
 * it knew. None: it holds for all that is written.
 */
type Ending = { readonly ends: readonly (readonly Cut[])[] };

/** A device as it was taken in for a person. */
export type Admission = Ending & {
  readonly act: ChangeId;
  readonly at: Timestamp;
  readonly by: RecordId;
  readonly device: DeviceId;
  readonly person: RecordId;
  readonly name: string;
  readonly signingKey: string;
  readonly agreementKey: string;
  readonly invite: string | null;
  /** Ends of what it wrote before: that stays its own, whatever roles its person has. */
  readonly brought: readonly Cut[];
  /** The roles of its person that count on it, ended ones too. */
  readonly roles: readonly Right[];
};

/** A role that somebody was given. */
export type Right = Ending & {
  readonly act: ChangeId;
  readonly person: RecordId;
  readonly role: Role;
  /** Of a lead, the departments led; of others, those they came into; null where none was named. */
  readonly departments: readonly RecordId[] | null;
};

export type Invitation = {
  readonly act: ChangeId;
  /** Its public key, which is also its name. */
  readonly key: string;
  readonly by: RecordId;
  readonly role: Role;
  readonly departments: readonly RecordId[] | null;
  /** ISO 8601, UTC. */
  readonly expires: string;
  /** Whose further device it is for; null for somebody new. */
  readonly person: RecordId | null;
  /** The act that used it. */
  readonly usedBy: ChangeId | null;
  /** Taken back, or its author was removed before it was used. */
  readonly withdrawn: boolean;
};

/** A stretch of a device's changes beyond a cut that a steward took over. */
export type Adoption = {
  readonly device: DeviceId;
  readonly from: number;
  readonly end: Cut;
};

export type Roster = Founding & {
  readonly admissions: ReadonlyMap<DeviceId, readonly Admission[]>;
  readonly rights: ReadonlyMap<RecordId, readonly Right[]>;
  readonly invitations: ReadonlyMap<string, Invitation>;
  readonly adoptions: ReadonlyMap<DeviceId, readonly Adoption[]>;
  /** Acts that do not count, each with the reason in a sentence. */
  readonly refused: ReadonlyMap<ChangeId, string>;
  /** Acts that name one that has not arrived. */
  readonly waiting: readonly RosterAct[];
  /** The acts that no other act knows: what the next one names as known. */
  readonly heads: readonly ChangeId[];
  /**
   * Why this person may not do this on this device, knowing everything; undefined when they may.
   * `at` is in milliseconds since 1970, UTC.
   */
  readonly refusalOf: (who: Actor, act: Act, at: number) => string | undefined;
};

export type Actor = { readonly device: DeviceId; readonly person: RecordId };

/** What a person may do as things stand. */
export type Standing = {
  readonly active: boolean;
  readonly roles: readonly Right[];
};

/** The person's standing now; of somebody unknown, nothing. */
export function standingOf(roster: Roster, person: RecordId): Standing {
  const roles = (roster.rights.get(person) ?? []).filter((right) => right.ends.length === 0);
  return { active: devicesOf(roster, person).some(isActive), roles };
}

/** Every admission of the person's devices, removed ones too. */
export function devicesOf(roster: Roster, person: RecordId): readonly Admission[] {
  return [...roster.admissions.values()].flat().filter((one) => one.person === person);
}

/** Whether what is written from now on counts. */
export function isActive(admission: Admission): boolean {
  return admission.ends.length === 0;
}

/** Whether the person holds the role now. */
export function holds(roster: Roster, person: RecordId, role: Role): boolean {
  return standingOf(roster, person).roles.some((right) => right.role === role);
}
