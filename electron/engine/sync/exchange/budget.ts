/** How much of each device's files is read in a day, so that no one can fill everybody's disk. */
import type { DeviceId } from "#shared/domain/ids.ts";
import type { Context } from "./context.ts";

const day = 24 * 60 * 60 * 1000;

type Deps = Pick<Context, "memory" | "clock" | "pace">;

/**
 * Whether so many bytes may still be read today; they are counted if they may. `caughtUp` are the
 * devices of which everything was here once: a newcomer reads all that a device ever wrote.
 */
export function affords(
  device: DeviceId,
  bytes: number,
  deps: Deps & { readonly caughtUp: ReadonlySet<DeviceId> },
): boolean {
  if (!deps.caughtUp.has(device)) return true;
  const today = Math.floor(deps.clock.now() / day);
  const spent = deps.memory.budgets.get(device);
  const before = spent?.day === today ? spent.bytes : 0;
  if (before + bytes > deps.pace.deviceBudget) return false;
  deps.memory.budgets.set(device, { day: today, bytes: before + bytes });
  return true;
}
