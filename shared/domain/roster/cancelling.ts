/** Which of the things that acts gave are taken away by which removals and withdrawals. */
import type { DeviceId, RecordId } from "../ids.ts";
import type { ActOf, Cut, RosterAct } from "./act.ts";
import type { ActGraph } from "./act-graph.ts";
import type { Founding } from "./roster.ts";
import type { Role } from "./role.ts";

/** Something that an act gave: a device's place, a role, an invitation. */
export type Gift = {
  /** The place of the act that gave it. */
  readonly place: number;
  /** Whose it is: the person admitted, the holder of the role, the author of the invitation. */
  readonly person: RecordId;
  /** The device admitted, or the one that wrote the invitation. */
  readonly device?: DeviceId;
  /** The role, or those of which one is needed to invite. */
  readonly roles?: readonly Role[];
  readonly invite?: string;
};

type Cancelling = ActOf<"remove"> | ActOf<"withdraw"> | ActOf<"withdraw_invite">;
export type Cancellation = {
  readonly place: number;
  readonly by: RosterAct;
  readonly act: Cancelling;
};

type Given = {
  readonly founding: Founding;
  readonly graph: ActGraph;
  readonly cancellations: readonly Cancellation[];
};

/** Answers the cancellations that a gift falls under. */
export function createCancelling({ founding, graph, cancellations }: Given) {
  const byTarget = Map.groupBy(cancellations, ({ act }) => targetOf(act));
  const isRoot = (place: number) => graph.acts[place]?.device === founding.root;

  /** Those that throw out the author of this one at the same time. */
  function turnedOn({ place, by }: Cancellation): readonly Cancellation[] {
    if (isRoot(place)) return [];
    const against = [...(byTarget.get(by.author) ?? []), ...(byTarget.get(by.device) ?? [])];
    return against.filter(
      (other) =>
        (other.act.kind === "remove" || removesAuthority(other.act)) &&
        graph.areConcurrent(other.place, place),
    );
  }

  function reaches(cancellation: Cancellation, gift: Gift): boolean {
    const { place } = cancellation;
    if (graph.isBefore(place, gift.place)) return false;
    const concurrent = graph.areConcurrent(place, gift.place);
    if (concurrent && isRoot(gift.place) && !isRoot(place)) return false;
    const against = turnedOn(cancellation);
    return against.length === 0 || against.some((other) => other.by.author === gift.person);
  }

  return {
    cancellationsOf: (gift: Gift): readonly Cancellation[] =>
      [
        ...(byTarget.get(gift.person) ?? []).filter(({ act }) => concernsPerson(act, gift)),
        ...(byTarget.get(gift.device ?? "") ?? []),
        ...(byTarget.get(gift.invite ?? "") ?? []),
      ].filter((cancellation) => reaches(cancellation, gift)),
  };
}

/** What it says of the streams that it knew; nothing where it is about an invitation. */
export function cutsOf({ act }: Cancellation): readonly Cut[] {
  return act.kind === "withdraw_invite" ? [] : act.cuts;
}

function targetOf(act: Cancelling): string {
  switch (act.kind) {
    case "remove":
      return act.person ?? act.device ?? "";
    case "withdraw":
      return act.person;
    case "withdraw_invite":
      return act.invite;
  }
}

function removesAuthority(act: Cancelling): boolean {
  return act.kind === "withdraw" && (act.role === "steward" || act.role === "lead");
}

function concernsPerson(act: Cancelling, gift: Gift): boolean {
  return act.kind !== "withdraw" || gift.roles?.includes(act.role) === true;
}
