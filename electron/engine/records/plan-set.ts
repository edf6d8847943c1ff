/** The write that brings a set to the asked members. */
import type { Write } from "#shared/domain/change.ts";
import { type Json, sameJson } from "#shared/domain/json.ts";
import { setMembers } from "#shared/domain/record-fields.ts";
import { memberKey, type Members, own, type RecordState } from "#shared/domain/record-state.ts";

type Asked = {
  readonly base: RecordState | undefined;
  readonly now: RecordState | undefined;
  readonly name: string;
  readonly value: Json;
  /** Whether people see the members in an order of their own making. */
  readonly ordered: boolean;
};

/** Adds what is missing and removes what the writer saw and no longer wants. */
export function planSet({ base, now, name, value, ordered }: Asked): readonly Write[] {
  const seen = own(base?.sets ?? {}, name) ?? {};
  const stands = own(now?.sets ?? {}, name) ?? {};
  const wanted = wantedMembers(value);
  const shown = base === undefined ? [] : setMembers(base, name);
  const staying = shown.filter((member) => sameJson(member, wanted.get(memberKey(member))));
  const again = ordered ? outOfOrder([...wanted.keys()], staying.map(memberKey)) : new Set();
  const add = [...wanted].flatMap(([key, member]) => {
    if (again.has(key)) return [member];
    const known = shownMember(seen, key) ?? shownMember(stands, key);
    return known !== undefined && sameJson(known, member) ? [] : [member];
  });
  const added = new Set(add.map(memberKey));
  const remove = Object.entries(seen).flatMap(([key, additions]) => {
    const [first] = additions;
    if (first === undefined || (wanted.has(key) && !added.has(key))) return [];
    return [{ value: first.value, additions: additions.map((addition) => addition.change) }];
  });
  if (add.length === 0 && remove.length === 0) return [];
  return [{ kind: "members", path: name, add, remove }];
}

function wantedMembers(value: Json): ReadonlyMap<string, Json> {
  const wanted = new Map<string, Json>();
  const list: readonly Json[] = Array.isArray(value) ? value : [value];
  for (const member of list) {
    const empty = member === null || (typeof member === "string" && member.trim() === "");
    const key = memberKey(member);
    if (!empty && !wanted.has(key)) wanted.set(key, member);
  }
  return wanted;
}

function shownMember(members: Members, key: string): Json | undefined {
  return own(members, key)?.[0]?.value;
}

/**
 * Members are shown in the order in which they were added, so those that should stand elsewhere are
 * added again: all after the longest beginning that already stands in the wanted order.
 */
function outOfOrder(wanted: readonly string[], staying: readonly string[]): ReadonlySet<string> {
  const places = new Map(staying.map((key, index) => [key, index]));
  let last = -1;
  let rest = 0;
  for (const key of wanted) {
    const place = places.get(key) ?? -1;
    if (place <= last) break;
    last = place;
    rest += 1;
  }
  const after = wanted.slice(rest);
  return new Set(after.some((key) => places.has(key)) ? after : []);
}
