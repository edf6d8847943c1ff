/** Takes files apart into segments, and puts what became of those together again for each file. */
import { openBundle, splitParts } from "#shared/format/bundle.ts";
import { splitFrame } from "#shared/format/frame.ts";
import type { Segment } from "#shared/format/segment.ts";
import type { Outcome, Reason, SharedFile, Verdict } from "./intake.ts";
import { type Signed, type Turned, verifySegment, type Verifying } from "./verify-segment.ts";

/** A segment of a file; `file` is the file's place among those handed in. */
export type Part = {
  readonly file: number;
  readonly path: string;
  readonly found: Signed | Turned;
};

/** What became of one part. */
export type Fate = {
  readonly file: number;
  readonly outcome: Outcome;
  readonly reason?: Reason | undefined;
  readonly header?: Segment["fields"] | undefined;
  readonly changes: number;
};

/** The segments of a file: itself, or the parts of a bundle, each of which proves itself. */
export function* partsOf(
  { path, bytes }: SharedFile,
  file: number,
  verifying: Verifying,
): Iterable<Part> {
  const frame = splitFrame(bytes);
  if ("problem" in frame || frame.kind !== "bundle") {
    yield { file, path, found: verifySegment(bytes, verifying) };
    return;
  }
  const bundle = openBundle(bytes);
  if ("problem" in bundle) {
    yield { file, path, found: { reason: bundle.problem } };
    return;
  }
  const parts = splitParts(bundle.payload);
  let next = parts.next();
  for (; next.done !== true; next = parts.next()) {
    yield { file, path: "", found: verifySegment(next.value, verifying) };
  }
  if (next.value !== undefined) yield { file, path, found: { reason: next.value.problem } };
}

const weight: Readonly<Record<Outcome, number>> = {
  accepted: 3,
  held: 2,
  quarantined: 1,
  known: 0,
};

/** One verdict for each file: of a bundle, the best that became of its parts, and the first trouble. */
export function verdictsOf(
  files: readonly SharedFile[],
  fates: readonly Fate[],
): readonly Verdict[] {
  const byFile = Map.groupBy(fates, (fate) => fate.file);
  return files.map(({ path }, index): Verdict => {
    const own = byFile.get(index) ?? [];
    const [best] = own.toSorted((a, b) => weight[b.outcome] - weight[a.outcome]);
    const reason = best?.reason ?? own.find((fate) => fate.reason !== undefined)?.reason;
    const device = own.length === 1 ? best?.header?.dev : undefined;
    return {
      path,
      outcome: best?.outcome ?? "known",
      changes: own.reduce((sum, fate) => sum + fate.changes, 0),
      ...(reason !== undefined && { reason }),
      ...(device !== undefined && { device }),
    };
  });
}
