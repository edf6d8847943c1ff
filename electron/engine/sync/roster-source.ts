/** What the way in has to know of the people; whoever evaluates the roster answers it. */
import type { DeviceId } from "#shared/domain/ids.ts";
import type { Readable } from "../db/database.ts";
import type { Judge } from "../records/record-fold.ts";
import type { Standing } from "./intake.ts";

/** The roster at one moment. */
export type RosterNow = {
  readonly standingOf: (device: string) => Standing;
  /** Which changes stand. */
  readonly judge: Judge;
  /** The devices of whose changes the other roster may have judged otherwise. */
  readonly differingFrom: (before: RosterNow | undefined) => readonly DeviceId[];
  /**
   * Which of the device's changes lie below the cuts that the roster makes, as far as it is known
   * now, in words to compare: of a device that two copies wrote, what arrives later tells more.
   */
  readonly branchesOf: (device: DeviceId) => string;
  /** The sequence up to which somebody is known to have had the stream; 0 where nobody says. */
  readonly reachOf: (device: DeviceId, incarnation: number) => number;
};

/**
 * Reads the roster as the acts in this database say, those of a running transaction included;
 * undefined where nothing is shared.
 */
export type ReadRoster = (db: Readable) => RosterNow | undefined;
