/** What valid acts gave, while the roster is being worked out. */
import type { ChangeId, DeviceId, RecordId } from "../ids.ts";
import type { Act, ActOf, Cut, RosterAct } from "./act.ts";
import type { ActGraph } from "./act-graph.ts";
import type { Cancellation, Gift } from "./cancelling.ts";
import type { GivenRole } from "./role.ts";
import type { Founding } from "./roster.ts";

/** What a valid act gave: by which act, what takes it away, and how far it still counts. */
export type Given<Kind extends Act["kind"]> = {
  readonly place: number;
  readonly by: RosterAct;
  readonly act: ActOf<Kind>;
  readonly cancelledBy: readonly number[];
  readonly ends: readonly (readonly Cut[])[];
};
/** `caps`: on this device only roles count that were given in knowledge of these acts. */
export type GivenAdmission = Given<"admit"> & { readonly caps: readonly number[] };
export type GivenRight = Omit<Given<"admit">, "act"> & {
  readonly person: RecordId;
  readonly given: GivenRole;
};

/** When something is asked: at an act, with what its author knew; or now, with everything. */
export type Moment = {
  readonly knows: (place: number) => boolean;
  /** Whether the act at the place was made in knowledge of what is asked about. */
  readonly precedes: (place: number) => boolean;
  /** Milliseconds since 1970, UTC. */
  readonly at: number;
};

/** Filled in causal order; what is in it is valid as far as the acts before it tell. */
export type RosterContext = {
  readonly founding: Founding;
  readonly graph: ActGraph;
  readonly admissions: Map<DeviceId, GivenAdmission[]>;
  /** The places of the acts that admitted a device of the person. */
  readonly members: Map<RecordId, number[]>;
  readonly rights: Map<RecordId, GivenRight[]>;
  readonly invitations: Map<string, Given<"invite">>;
  readonly adoptions: Given<"adopt">[];
  readonly usedBy: Map<string, ChangeId>;
  readonly refused: Map<ChangeId, string>;
  readonly cancellationsOf: (gift: Gift) => readonly Cancellation[];
};
