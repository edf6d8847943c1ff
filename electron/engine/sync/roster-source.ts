/** What the way in has to know of the people; whoever evaluates the roster answers it. */
import type { Readable } from "../db/database.ts";
import type { Judge } from "../records/record-fold.ts";
import type { Standing } from "./intake.ts";

/** The roster at one moment. */
export type RosterNow = {
  readonly standingOf: (device: string) => Standing;
  /** Which changes stand. */
  readonly judge: Judge;
  /** The devices of whose changes the other roster may have judged otherwise. */
  readonly differingFrom: (before: RosterNow | undefined) => readonly string[];
};

/**
 * Reads the roster as the acts in this database say, those of a running transaction included;
 * undefined where nothing is shared.
 */
export type ReadRoster = (db: Readable) => RosterNow | undefined;
