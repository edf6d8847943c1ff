/** What a revision did, in a few words. */
import type { Revision } from "#shared/contract/record-shapes.ts";
import { recordTypeOf } from "#shared/domain/record-types.ts";
import { fieldLabel } from "./field-text.ts";

const mostNamed = 3;

/** The names of the fields it wrote: `Text, Steps and 2 more`; "" when it wrote none. */
export function changedLabels(type: string, { changed }: Pick<Revision, "changed">): string {
  const declared = recordTypeOf(type)?.fields ?? {};
  const labels = [...new Set(changed)].map((name) => fieldLabel(declared, name));
  const rest = labels.length - mostNamed;
  return rest > 0
    ? `${labels.slice(0, mostNamed).join(", ")} and ${rest.toString()} more`
    : labels.join(", ");
}

/** The first revision of what came in with an import says where it came from. */
export function wasImported({ number, changed }: Pick<Revision, "number" | "changed">): boolean {
  return number === 1 && changed.includes("origin_path");
}

/** What a revision did, for a list of revisions. */
export function didWords(type: string, revision: Pick<Revision, "number" | "changed">): string {
  if (wasImported(revision)) return "Imported";
  if (revision.number === 1) return "Written";
  return changedLabels(type, revision) || "No field changed";
}
