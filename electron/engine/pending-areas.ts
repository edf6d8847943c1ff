/** Stands in for the groups whose areas are still being built; each call says so. */
import type { Group, GroupHandlers } from "#shared/rpc/define.ts";
import { ExpectedFailure } from "#shared/rpc/wire.ts";

/** Handlers that refuse every call of the group. */
export function pendingHandlers<G extends Group>(group: G): GroupHandlers<G> {
  const refuse = () => {
    throw new ExpectedFailure("not_built", "This part of Guildhall is not built yet.");
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Built from the group's own names.
  return Object.fromEntries(
    Object.keys(group).map((name) => [name, refuse]),
  ) as unknown as GroupHandlers<G>;
}
