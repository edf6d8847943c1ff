/** The log alone: how fast changes are appended, and how fast chains and signatures are verified. */
import type { ChangeDraft } from "#engine/log/change-log.ts";
import { newRecordId } from "#shared/domain/ids.ts";
import { createTestFoundation } from "#test/support/test-foundation.ts";
import type { BenchOptions } from "./bench.ts";
import { corpus } from "./handbook.ts";
import { timed } from "./measure.ts";
import type { Row } from "./row.ts";

const perTransaction = 100;

/** Appends `size` changes (10,000 unless it says otherwise) of about 1 KB, and one by one 200 more. */
export async function benchLog({ size = 10_000 }: BenchOptions): Promise<readonly Row[]> {
  await using foundation = await createTestFoundation();
  const { databases, log, clock } = foundation;
  const action = newRecordId(clock);
  const draft = (index: number): ChangeDraft => {
    const { title, body, type } = corpus.record(index);
    const writes: ChangeDraft["writes"] = [
      { kind: "set", path: "title", value: title, after: [] },
      { kind: "set", path: "summary", value: body, after: [] },
    ];
    return { record: newRecordId(clock), type, action, writes };
  };
  const append = async (count: number, inOne: number) => {
    for (let done = 0; done < count; done += inOne) {
      const drafts = Array.from({ length: inOne }, (_, index) => draft(done + index));
      await databases.queue.run((db) => log.append(db, drafts));
    }
  };
  const many = await timed(() => append(size, perTransaction));
  const single = await timed(() => append(200, 1));
  const verified = await timed(() => {
    const problems = [...log.verify(databases.read)].flatMap(({ problem }) => problem ?? []);
    if (problems.length > 0) throw new Error(problems.join(" "));
  });
  const rate = (count: number, ms: number) => (count / ms) * 1000;
  return [
    { name: "log: append by the hundred", value: rate(size, many.ms), unit: "changes/s" },
    { name: "log: append one by one", value: rate(200, single.ms), unit: "changes/s" },
    { name: "log: verify", value: rate(size + 200, verified.ms), unit: "changes/s" },
  ];
}
