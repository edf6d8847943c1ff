/** What the engine would say about sharing, for tests of screens. */
import type { Output } from "#renderer/platform/api.ts";
import { type Member, sharingStateSchema, type SharingState } from "#shared/contract/sharing.ts";
import { deviceIdSchema } from "#shared/domain/ids.ts";
import { care, idOf, mara } from "./record-views.ts";

/** A device's id from a digit. */
export const deviceOf = (digit: number) => deviceIdSchema.parse(digit.toString().repeat(20));

/** A shared workspace in which all is well, but for what is given. */
export function sharingState(given: Partial<SharingState> = {}): SharingState {
  return sharingStateSchema().parse({
    state: "sharing",
    library: idOf(5),
    name: "Customer care",
    fingerprint: "4x31kw7fwadpqqrh",
    folder: "Team folder",
    roles: [{ role: "steward", departments: null }],
    asked: null,
    lastReceived: "2026-11-01T10:00:00.000Z",
    lastSent: "2026-11-01T10:00:00.000Z",
    lastLooked: "2026-11-01T10:00:00.000Z",
    waiting: 0,
    busy: false,
    problem: null,
    conflicts: 0,
    setAside: 0,
    missing: 0,
    ...given,
  });
}

/** A look at the folder that found nothing new. */
export const nothingNew: Output<"sharing", "sync"> = {
  sent: 0,
  received: 0,
  applied: 0,
  waiting: 0,
  quarantined: [],
  filesOpened: 0,
  bytesRead: 0,
  ms: 1,
};

/** Nothing is shared. */
export const alone: SharingState = sharingState({
  ...({ state: "alone", library: null, name: null, fingerprint: null, folder: null } as const),
  roles: [],
  lastReceived: null,
  lastSent: null,
  lastLooked: null,
});

/** A device that is as it should be. */
export function deviceView(
  given: Partial<Member["devices"][number]> = {},
): Member["devices"][number] {
  return {
    id: deviceOf(2),
    own: false,
    state: "active",
    version: "1.0.0",
    changes: 12,
    lastSeen: "2026-11-01T10:00:00.000Z",
    clockAhead: null,
    forked: false,
    ...given,
  };
}

/** Mara herself, a steward with one device. */
export const maraHere: Member = {
  person: mara.id,
  name: mara.title,
  own: true,
  state: "active",
  late: 0,
  department: { id: care.id, name: care.title },
  roles: [{ role: "steward", departments: null }],
  devices: [deviceView({ id: deviceOf(1), own: true })],
};

/** A colleague. */
export function colleague(given: Partial<Member> = {}): Member {
  return {
    person: idOf(901),
    name: "Ben Example",
    own: false,
    state: "active",
    late: 0,
    department: null,
    roles: [{ role: "member", departments: null }],
    devices: [deviceView()],
    ...given,
  };
}

/** A folder in which nothing is amiss, but for what is given. */
export function folderHealth(
  given: Partial<Output<"sharing", "folderHealth">> = {},
): Output<"sharing", "folderHealth"> {
  return { setAside: [], missing: [], refused: [], events: [], ...given };
}
