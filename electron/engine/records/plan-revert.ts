/** The writes that bring parts of a record back to what they were in another state of it. */
import type { Write } from "#shared/domain/change.ts";
import type { Json } from "#shared/domain/json.ts";
import { readPath } from "#shared/domain/path.ts";
import {
  memberKey,
  own,
  type RecordState,
  type RegisterHead,
} from "#shared/domain/record-state.ts";
import { setRegister } from "./plan-register.ts";
import { planText, type TextSource } from "./plan-text.ts";

type Revert = {
  readonly now: RecordState;
  /** Undefined where nothing was there. */
  readonly target: RecordState | undefined;
  readonly texts: TextSource;
};

/** Brings one path back, whatever it is; of a set, only the members that `touches` names. */
export function revertPath(
  revert: Revert,
  path: string,
  touches: (key: string) => boolean = () => true,
): readonly Write[] {
  const { now, target, texts } = revert;
  if (Object.hasOwn(now.texts, path)) {
    const value = texts.shown(path, own(target?.texts ?? {}, path) ?? []);
    return planText({ base: now, now, name: path, value, texts });
  }
  if (Object.hasOwn(now.sets, path)) return revertSet(revert, path, touches);
  const stands = own(now.registers, path) ?? [];
  const value = shownValue(own(target?.registers ?? {}, path) ?? [], path);
  return setRegister({ seen: stands, stands, path, value });
}

/** An element of a list is there as long as one head says so. */
function shownValue(heads: readonly RegisterHead[], path: string): Json {
  const shown =
    readPath(path).kind === "element" ? heads.find((head) => head.value !== null) : heads[0];
  return shown?.value ?? null;
}

function revertSet(
  { now, target }: Revert,
  path: string,
  touches: (key: string) => boolean,
): readonly Write[] {
  const current = Object.entries(own(now.sets, path) ?? {});
  const former = Object.values(own(target?.sets ?? {}, path) ?? {}).flatMap((additions) =>
    additions.slice(0, 1).map((addition) => addition.value),
  );
  const formerKeys = new Set(former.map(memberKey));
  const currentKeys = new Set(current.map(([key]) => key));
  const missing = (value: Json) => !currentKeys.has(memberKey(value)) && touches(memberKey(value));
  const add = former.filter(missing);
  const remove = current
    .filter(([key]) => !formerKeys.has(key) && touches(key))
    .flatMap(([, additions]) => {
      const [first] = additions;
      if (first === undefined) return [];
      return [{ value: first.value, additions: additions.map((one) => one.change) }];
    });
  return add.length + remove.length === 0 ? [] : [{ kind: "members", path, add, remove }];
}
