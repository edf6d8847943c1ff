/** What a simulation puts in the place of the disk's folder, of the usual pace and of protections. */
import type { Folder } from "./folder.ts";
import type { Pace, Protections } from "./pace.ts";

/** Nothing in the product ever sets any of it. */
export type Simulated = {
  /** Opens the shared folder that was chosen at the path. */
  readonly openFolder?: (root: string) => Folder;
  readonly pace?: Pace;
  readonly protections?: Protections;
};
