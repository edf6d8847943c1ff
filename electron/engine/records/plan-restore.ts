/** The writes that make the content of an older revision the newest one. */
import { removedPath, type Write } from "#shared/domain/change.ts";
import { readPath } from "#shared/domain/path.ts";
import { own, type RecordState } from "#shared/domain/record-state.ts";
import type { RecordType } from "#shared/domain/record-type.ts";
import { revertPath } from "./plan-revert.ts";
import type { TextSource } from "./plan-text.ts";
import { planRemoval } from "./plan-writes.ts";

type Restore = {
  readonly now: RecordState;
  readonly target: RecordState;
  readonly texts: TextSource;
  readonly type: RecordType | undefined;
};

/**
 * Brings back what people write. What the app writes stays as it is: an old text does not become
 * published again by being restored, and it still knows the file it came from.
 */
export function planRestore({ now, target, texts, type }: Restore): readonly Write[] {
  const paths = [now, target].flatMap((state) =>
    [state.registers, state.sets, state.texts].flatMap((table) => Object.keys(table)),
  );
  const writes = [...new Set(paths)]
    .filter((path) => path !== removedPath && isContent(type, path))
    .flatMap((path) => revertPath({ now, target, texts }, path));
  return writes.length === 0 ? [] : [...writes, ...planRemoval({ base: now, now })];
}

function isContent(type: RecordType | undefined, path: string): boolean {
  const place = readPath(path);
  const field = type && own(type.fields, place.field);
  if (field === undefined || field.kind === "attachments") return true;
  const part = place.kind === "part" && "fields" in field ? own(field.fields, place.part) : field;
  return part?.readOnly !== true;
}
