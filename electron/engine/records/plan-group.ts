/** The writes that bring a group of fields to the asked parts, each part for itself. */
import type { Write } from "#shared/domain/change.ts";
import { isObject, type Json } from "#shared/domain/json.ts";
import { partPath } from "#shared/domain/path.ts";
import { groupParts } from "#shared/domain/record-fields.ts";
import { own, type RecordState } from "#shared/domain/record-state.ts";
import { ExpectedFailure } from "#shared/rpc/wire.ts";
import { setRegister } from "./plan-register.ts";

type Asked = {
  readonly base: RecordState | undefined;
  readonly now: RecordState | undefined;
  readonly name: string;
  /** The parts; null clears the group. */
  readonly value: Json;
  /** Whether this version knows the part: one that it does not know is only removed by name. */
  readonly knows: (part: string) => boolean;
};

const longestName = 90;

/** A part that is left out is cleared, unless only a newer version knows what it is. */
export function planGroup({ base, now, name, value, knows }: Asked): readonly Write[] {
  if (value !== null && !isObject(value)) throw invalid(`"${name}" is a group of fields`);
  const given = value ?? {};
  const seen = groupParts(base, name);
  const stands = groupParts(now, name);
  return [...new Set([...Object.keys(given), ...seen.keys()])].flatMap((part) => {
    if (part === "" || part.length > longestName)
      throw invalid(`"${part}" cannot be a part's name`);
    const asked = own(given, part);
    if (asked === undefined && value !== null && !knows(part)) return [];
    return setRegister({
      seen: seen.get(part) ?? [],
      stands: stands.get(part) ?? [],
      path: partPath(name, part),
      value: settled(asked),
    });
  });
}

/** Nothing, in whichever way a form writes it, is null. */
function settled(value: Json | undefined): Json {
  if (value === undefined || value === "") return null;
  return Array.isArray(value) && value.length === 0 ? null : value;
}

function invalid(what: string): ExpectedFailure {
  return new ExpectedFailure("invalid_field", `${what}, so nothing was written.`);
}
