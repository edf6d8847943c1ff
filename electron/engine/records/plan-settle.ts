/** The writes that settle a place where several people's writes stand side by side. */
import { removedPath, type Write } from "#shared/domain/change.ts";
import type { ChangeId } from "#shared/domain/ids.ts";
import { own, type RecordState } from "#shared/domain/record-state.ts";
import { setRegister } from "./plan-register.ts";
import { planText, type TextSource } from "./plan-text.ts";
import { planRemoval } from "./plan-writes.ts";

type Settling = {
  readonly now: RecordState;
  /** The record as the one who chooses saw it: what came later stays beside the choice. */
  readonly base: RecordState;
  readonly path: string;
  /** Whose write stands from now on. */
  readonly change: ChangeId;
  readonly texts: TextSource;
};

/**
 * Keeps one head and replaces the others that were seen with it, at this path and nowhere else;
 * undefined when that write does not stand there any more. Of a removal that an edit overruled it
 * settles that the record stays.
 */
export function planSettle(settling: Settling): readonly Write[] | undefined {
  const { now, base, path, change, texts } = settling;
  const stands = own(now.registers, path) ?? own(now.texts, path) ?? [];
  if (!stands.some((head) => head.change === change)) return undefined;
  const removal = planRemoval({ base, now });
  if (path === removedPath) return removal;
  if (Object.hasOwn(now.texts, path)) {
    const value = texts.textOf(path, change);
    return [...planText({ base, now, name: path, value, texts }), ...removal];
  }
  const seen = own(base.registers, path) ?? [];
  const value = seen.find((head) => head.change === change)?.value;
  if (value === undefined) return undefined;
  const registers = own(now.registers, path) ?? [];
  return [...setRegister({ seen, stands: registers, path, value }), ...removal];
}
