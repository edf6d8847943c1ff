/** The carriers that can be run on this machine, and why not where they cannot. */
import type { Meeting } from "./meeting.ts";
import { sambaMissing, startSamba } from "./samba.ts";
import { startSyncthing, syncthingMissing } from "./syncthing.ts";

export type RealCarrier = {
  readonly name: string;
  /** What this machine lacks for it; undefined when it can be run. */
  readonly missing: string | undefined;
  readonly start: () => Promise<Meeting>;
};

export const realCarriers: readonly RealCarrier[] = [
  { name: "Samba", missing: sambaMissing(), start: startSamba },
  { name: "Syncthing", missing: syncthingMissing(), start: startSyncthing },
];

/** The name for a test's title: one that is skipped says what is missing. */
export function titleOf({ name, missing }: RealCarrier): string {
  return missing === undefined ? name : `${name} (${missing})`;
}
