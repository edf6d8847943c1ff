/**
 * The import that is being prepared or is running. It lives outside the screen, so that going
 * elsewhere and coming back finds it where it was; the work itself is a job of the engine.
 */
import type { z } from "zod";
import { client } from "#renderer/platform/api.ts";
import { createStore } from "#renderer/platform/store.ts";
import { type Choice, upload } from "#renderer/platform/upload.ts";
import type { Selection } from "#shared/contract/selection.ts";
import type { importOptionsSchema } from "#shared/contract/transfers.ts";

export type ImportOptions = z.input<ReturnType<typeof importOptionsSchema>>;

/**
 * `choose`: nothing yet; `bring`: files are on their way from the page; `plan`: the selection is
 * there and a dry run shows what it would become; `run`: the import itself, and then its result.
 */
export type ImportSession =
  | { readonly step: "choose"; readonly failure: string | null }
  | { readonly step: "bring"; readonly name: string; readonly done: number; readonly total: number }
  | {
      readonly step: "plan";
      readonly selection: Selection;
      readonly options: ImportOptions;
      /** Near duplicates that are not to come in, by their paths. */
      readonly leftOut: ReadonlySet<string>;
      readonly job: string | null;
      readonly failure: string | null;
    }
  | { readonly step: "run"; readonly name: string; readonly job: string };

const nothing: ImportSession = { step: "choose", failure: null };
const session = createStore<ImportSession>(nothing);
let bringing = new AbortController();

/** The session, for a component that follows it. */
export const useImportSession = session.use;

/** Brings files from the page and then looks at them. */
export async function bringChoice(choice: Choice): Promise<void> {
  bringing.abort();
  const controller = new AbortController();
  bringing = controller;
  const { name } = choice;
  session.set({ step: "bring", name, done: 0, total: choice.sources.length });
  try {
    const selection = await upload(choice, {
      signal: controller.signal,
      onProgress: (done, total) => {
        if (!controller.signal.aborted) session.set({ step: "bring", name, done, total });
      },
    });
    await planImport(selection, { as: "playbook", split: "none" });
  } catch (error) {
    if (!controller.signal.aborted) session.set({ step: "choose", failure: sentence(error) });
  }
}

/** Looks at a selection without writing anything: a dry run under these options. */
export async function planImport(selection: Selection, options: ImportOptions): Promise<void> {
  const earlier = session.get();
  const before = earlier.step === "plan" ? earlier.job : null;
  // What was decided of single files stands when the other options change.
  const leftOut = earlier.step === "plan" ? earlier.leftOut : new Set<string>();
  const plan = { step: "plan", selection, options, leftOut, job: null, failure: null } as const;
  session.set(plan);
  if (before !== null) await client.jobs.cancel({ id: before });
  try {
    const { job } = await client.transfers.importSelection({
      selection: selection.id,
      options,
      dryRun: true,
    });
    // The person may have changed their mind meanwhile.
    if (session.get() === plan) session.set({ ...plan, job });
    else await client.jobs.cancel({ id: job });
  } catch (error) {
    if (session.get() === plan) session.set({ ...plan, failure: sentence(error) });
  }
}

/** Decides whether near duplicates come in. */
export function chooseNear(paths: readonly string[], choice: "import" | "skip"): void {
  const plan = session.get();
  if (plan.step !== "plan") return;
  const leftOut = new Set(plan.leftOut);
  for (const path of paths) {
    if (choice === "skip") leftOut.add(path);
    else leftOut.delete(path);
  }
  session.set({ ...plan, leftOut });
}

/** Imports what was planned. */
export async function runImport(): Promise<void> {
  const plan = session.get();
  if (plan.step !== "plan") return;
  const { selection, options, leftOut } = plan;
  const nearChoices = [...leftOut].map((path) => ({ path, choice: "skip" as const }));
  try {
    const { job } = await client.transfers.importSelection({
      selection: selection.id,
      options: { ...options, nearChoices },
      dryRun: false,
    });
    session.set({ step: "run", name: selection.name, job });
  } catch (error) {
    session.set({ ...plan, failure: sentence(error) });
  }
}

/** Shows a running import that another window, or this one before a reload, has begun. */
export function followImport(name: string, job: string): void {
  session.set({ step: "run", name, job });
}

/** Back to choosing; what was brought for nothing is let go. */
export async function leaveImport(): Promise<void> {
  const left = session.get();
  bringing.abort();
  session.set(nothing);
  if (left.step !== "plan") return;
  if (left.job !== null) await client.jobs.cancel({ id: left.job });
  await client.transfers.dropSelection({ selection: left.selection.id });
}

function sentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
