/** Who belongs to the library, as the screen of people and roles shows it. */
import type { z } from "zod";
import type { HeldRole, invitationSchema, Member } from "#shared/contract/sharing.ts";
import { deviceIdSchema, type DeviceId, recordIdSchema } from "#shared/domain/ids.ts";
import {
  type Admission,
  isActive,
  type Right,
  type Roster,
  standingOf,
} from "#shared/domain/roster/roster.ts";
import type { Readable } from "../../db/database.ts";
import { statement } from "../../db/statement.ts";
import { readWorkspace } from "../../workspace/workspace-row.ts";
import { peerHead } from "../exchange/peers.ts";
import { requireRoster } from "./write-acts.ts";
import type { PeopleDependencies } from "./people-dependencies.ts";
import { lateChangesOf } from "./late-changes.ts";

type Dependencies = Pick<
  PeopleDependencies,
  "databases" | "roster" | "intake" | "acts" | "identity" | "clock" | "nameOf"
>;

type PersonRow = {
  readonly title: string;
  readonly department: string | null;
  readonly department_name: string | null;
};

const personRow = statement<[id: string], PersonRow>(
  `SELECT person.title, person.department_id AS department, home.title AS department_name
   FROM record AS person LEFT JOIN record AS home ON home.id = person.department_id
   WHERE person.id = ?`,
);
const changesOf = statement<[device: string], { readonly changes: number }>(
  "SELECT count(DISTINCT sequence) AS changes FROM change_log WHERE device = ?",
);

/** How far ahead a clock may be before anybody is told, in milliseconds. */
const tolerance = 10 * 60 * 1000;

/** Everybody who is or was a member, by name. */
export function membersOf(deps: Dependencies): readonly Member[] {
  const { read } = deps.databases;
  const roster = requireRoster(deps.roster, read);
  const people = Map.groupBy([...roster.admissions.values()].flat(), (one) => one.person);
  const forked = new Set<string>(deps.intake.forked(read));
  const own = deps.acts.actor(read);
  return [...people]
    .map(([person, admissions]): Member => {
      const page = personRow(read).get(person);
      const { active, roles } = standingOf(roster, person);
      return {
        person,
        name: page?.title || admissions[0]?.name || "?",
        department: departmentOf(page),
        own: person === own.person,
        state: active ? "active" : "removed",
        roles: heldRoles(deps, read, roles),
        devices: devicesOfMember(admissions, { deps, own: own.device, forked }),
        late: active ? 0 : lateChangesOf(deps, { roster, person }).changes,
      };
    })
    .toSorted((a, b) => a.name.localeCompare(b.name, "en"));
}

/** The roles of the person on this device. */
export function ownRolesOf(deps: Dependencies): readonly HeldRole[] {
  const { read } = deps.databases;
  const roster = deps.roster.rosterOf(read);
  const workspace = readWorkspace(read);
  if (roster === undefined || workspace === undefined) return [];
  const person = recordIdSchema.parse(workspace.person_id);
  return heldRoles(deps, read, standingOf(roster, person).roles);
}

function departmentOf(page: PersonRow | undefined): Member["department"] {
  const { department = null, department_name: name = null } = page ?? {};
  return department === null ? null : { id: recordIdSchema.parse(department), name: name ?? "" };
}

/** Each role once, a lead's with the departments led. */
function heldRoles(
  { nameOf }: Pick<Dependencies, "nameOf">,
  db: Readable,
  rights: readonly Right[],
): HeldRole[] {
  return [...Map.groupBy(rights, (right) => right.role)].map(([role, same]) => {
    const ids = [...new Set(same.flatMap((right) => right.departments ?? []))];
    const departments = ids.map((id) => ({ id, name: nameOf(db, id) }));
    return { role, departments: role === "lead" ? departments : null };
  });
}

type Asked = {
  readonly deps: Dependencies;
  readonly own: DeviceId;
  readonly forked: ReadonlySet<string>;
};

function devicesOfMember(
  admissions: readonly Admission[],
  { deps, own, forked }: Asked,
): Member["devices"] {
  const { read } = deps.databases;
  return [...Map.groupBy(admissions, (one) => one.device)].map(([device, same]) => {
    const head = peerHead(read, device);
    const ahead = head === undefined ? 0 : head.at - head.seenAt;
    const isOwn = device === own;
    return {
      id: deviceIdSchema.parse(device),
      own: isOwn,
      state: same.some(isActive) ? ("active" as const) : ("removed" as const),
      lastSeen: head === undefined ? null : new Date(Math.min(head.at, head.seenAt)).toISOString(),
      version: head?.version ?? null,
      changes: changesOf(read).get(device)?.changes ?? 0,
      clockAhead: !isOwn && ahead > tolerance ? Math.round(ahead / 60_000) : null,
      forked: forked.has(device),
    };
  });
}

type InvitationView = z.infer<ReturnType<typeof invitationSchema>>;

/** Every invitation, the latest first. */
export function invitationsOf(deps: Dependencies): readonly InvitationView[] {
  const { read } = deps.databases;
  const roster = requireRoster(deps.roster, read);
  const now = deps.clock.now();
  return [...roster.invitations.values()]
    .map((one): InvitationView => {
      const departments = one.departments?.map((id) => ({ id, name: deps.nameOf(read, id) }));
      return {
        id: one.key,
        role: one.role,
        departments: departments ?? null,
        expires: one.expires,
        state: stateOf(one, now),
        by: one.by === roster.library ? "" : deps.nameOf(read, one.by),
        usedBy: usedBy(deps, roster, one.usedBy),
      };
    })
    .toSorted((a, b) => (a.expires < b.expires ? 1 : -1));
}

function stateOf(
  one: { usedBy: unknown; withdrawn: boolean; expires: string },
  now: number,
): InvitationView["state"] {
  if (one.usedBy !== null) return "used";
  if (one.withdrawn) return "withdrawn";
  return now > Date.parse(one.expires) ? "expired" : "open";
}

function usedBy(deps: Dependencies, roster: Roster, act: string | null): string | null {
  const admission = [...roster.admissions.values()].flat().find((one) => one.act === act);
  if (admission === undefined) return null;
  return deps.nameOf(deps.databases.read, admission.person) || admission.name;
}
