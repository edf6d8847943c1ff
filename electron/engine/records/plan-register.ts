/** The write that sets one register. */
import type { Write } from "#shared/domain/change.ts";
import { type Json, sameJson } from "#shared/domain/json.ts";
import type { RegisterHead } from "#shared/domain/record-state.ts";

type Asked = {
  /** What stood there when the writer looked. */
  readonly seen: readonly RegisterHead[];
  /** What stands there now; the same list where nobody wrote since. */
  readonly stands: readonly RegisterHead[];
  readonly path: string;
  readonly value: Json;
};

/** A register that is given settles a conflict there, even with the value that was shown. */
export function setRegister({ seen, stands, path, value }: Asked): readonly Write[] {
  const same = (heads: readonly RegisterHead[]) =>
    heads.length === 0 ? value === null : heads.every((head) => sameJson(head.value, value));
  if (same(seen) || (stands !== seen && same(stands))) return [];
  return [{ kind: "set", path, value, after: seen.map((head) => head.change) }];
}
