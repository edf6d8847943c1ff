/** Whether what is stored is whole: the log, both files, the projections, and what areas add. */
import { z } from "zod";
import type { CheckReport } from "#shared/contract/health.ts";
import type { Databases, Readable } from "../db/database.ts";
import { isDamage } from "../db/storage-failure.ts";
import { JobCancelled, type JobControl } from "../jobs/job-runner.ts";
import type { ChangeLog } from "../log/change-log.ts";
import type { Projections } from "../projections/projections.ts";
import { shortened } from "../workspace/resume-workspace.ts";

/** An area's own look at what it keeps; answers one sentence for each problem. */
export type AreaCheck = (db: Readable, control: JobControl) => Promise<readonly string[]>;

type Dependencies = {
  readonly databases: Databases;
  readonly log: ChangeLog;
  readonly projections: Projections;
  readonly areaChecks: readonly AreaCheck[];
};

/** A damaged file could name thousands; more than these help nobody. */
const mostProblems = 200;

/** Checks everything, on a snapshot, while others read and write. */
export async function checkHealth(deps: Dependencies, control: JobControl): Promise<CheckReport> {
  const { local } = deps.databases;
  using snapshot = deps.databases.snapshot();
  const problems = [
    ...(await damage("workspace.db", logProblems(deps, snapshot, control))),
    ...(await damage("workspace.db", fileProblems(snapshot, control, deps.databases.aside))),
    ...(await damage(
      "local.db",
      fileProblems(local, control, async (sql, table) => local.prepare<[string]>(sql).all(table)),
    )),
  ];
  // Words that are not as they were written may well be no words that can be folded.
  const damaged = problems.length > 0;
  try {
    problems.push(...(await deps.projections.compare(snapshot, control)));
  } catch (error) {
    if (error instanceof JobCancelled || !(damaged || isDamage(error))) throw error;
    problems.push("The log cannot be folded again, because of damage on the disk.");
  }
  for (const check of deps.areaChecks) {
    problems.push(...(await damage("workspace.db", check(snapshot, control))));
  }
  return {
    changes: countOr0(() => deps.log.count(snapshot)),
    records: countOr0(() => countRecords(snapshot)),
    ok: problems.length === 0,
    problems: [...new Set(problems)].slice(0, mostProblems),
  };
}

/** What could not even be read is a finding, not a failure of the check. */
async function damage(
  file: string,
  looking: Promise<readonly string[]>,
): Promise<readonly string[]> {
  try {
    return await looking;
  } catch (error) {
    if (!isDamage(error)) throw error;
    return [
      `The file ${file} is damaged on the disk and cannot be read to its end. Keep it as it is and put a backup in its place.`,
    ];
  }
}

function countOr0(count: () => number): number {
  try {
    return count();
  } catch (error) {
    if (!isDamage(error)) throw error;
    return 0;
  }
}

/** Records that are not in the trash. */
export function countRecords(db: Readable): number {
  const row = db
    .prepare<[], { readonly records: number }>(
      "SELECT count(*) AS records FROM record WHERE removed_at IS NULL",
    )
    .get();
  return row?.records ?? 0;
}

async function logProblems(
  deps: Dependencies,
  snapshot: Readable,
  control: JobControl,
): Promise<readonly string[]> {
  const total = deps.log.count(snapshot);
  const problems: string[] = [];
  let done = 0;
  for (const { problem } of deps.log.verify(snapshot)) {
    if (problem === null) done += 1;
    else problems.push(problem);
    control.report({ done, total, step: "Verifying the log" });
    if (control.cancelled()) throw new JobCancelled();
    if (problems.length >= mostProblems) break;
    await control.breathe();
  }
  for (const { device, incarnation, sequence } of shortened(deps.databases)) {
    problems.push(
      `The log of device ${device}, incarnation ${incarnation}, once reached change ${sequence} and ends before it: an older copy was put back, or changes were removed at its end.`,
    );
  }
  return problems;
}

/** SQLite's own check, table by table; `check` gives the rows of a statement with one parameter. */
async function fileProblems(
  db: Pick<Readable, "prepare">,
  control: JobControl,
  check: (sql: string, table: string) => Promise<readonly unknown[]>,
): Promise<readonly string[]> {
  const problems: string[] = [];
  const tables = db
    .prepare<[], { readonly name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table'")
    .all();
  for (const { name } of tables) {
    if (control.cancelled()) throw new JobCancelled();
    control.report({ done: 0, total: null, step: "Checking the files" });
    for (const row of findingsSchema.parse(await check(integrityOf, name))) {
      if (row.integrity_check === "ok") continue;
      problems.push(`The table "${name}" is damaged on the disk: ${row.integrity_check}.`);
    }
    await control.breathe();
  }
  return problems;
}

const integrityOf = "SELECT integrity_check FROM pragma_integrity_check(?)";
const findingsSchema = z.array(z.object({ integrity_check: z.string() }));
