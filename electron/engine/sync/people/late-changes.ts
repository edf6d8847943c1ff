/** What somebody wrote after a removal cut them off, before they heard of it: a steward may take it over. */
import type { RecordId } from "#shared/domain/ids.ts";
import type { Act, Cut } from "#shared/domain/roster/act.ts";
import { type Admission, devicesOf, isActive, type Roster } from "#shared/domain/roster/roster.ts";
import { encodeBase64Url } from "#shared/format/bytes.ts";
import type { PeopleDependencies } from "./people-dependencies.ts";

type Late = { readonly changes: number; readonly adoptions: readonly Act[] };

/** The acts that take over what is here beyond the cuts, and how many changes that is. */
export function lateChangesOf(
  { databases, intake }: Pick<PeopleDependencies, "databases" | "intake">,
  { roster, person }: { readonly roster: Roster; readonly person: RecordId },
): Late {
  const removed = devicesOf(roster, person).filter((one) => !isActive(one));
  const ends = intake.streamEnds(databases.read);
  let changes = 0;
  const adoptions = removed.flatMap((admission) =>
    ends
      .filter(({ device }) => device === admission.device)
      .flatMap(({ incarnation: inc, sequence: to, chain }): readonly Act[] => {
        const from = firstLate(admission, inc);
        const text = encodeBase64Url(chain);
        if (from > to || isAdopted(roster, [admission.device, inc, to, text])) return [];
        changes += to - from + 1;
        return [{ kind: "adopt", device: admission.device, inc, from, to, chain: text }];
      }),
  );
  return { changes, adoptions };
}

/** Beyond the narrowest of the cuts. */
function firstLate({ device, ends }: Admission, incarnation: number): number {
  const reached = ends.map((cuts) =>
    Math.max(0, ...cuts.filter((cut) => isOf(cut, device, incarnation)).map((cut) => cut[2])),
  );
  return Math.min(...reached) + 1;
}

function isOf([device, incarnation]: Cut, of: string, inc: number): boolean {
  return device === of && incarnation === inc;
}

function isAdopted(roster: Roster, [device, inc, to, chain]: Cut): boolean {
  const adoptions = roster.adoptions.get(device) ?? [];
  return adoptions.some(
    ({ end }) => end[1] === inc && end[2] >= to && (end[2] > to || end[3] === chain),
  );
}
