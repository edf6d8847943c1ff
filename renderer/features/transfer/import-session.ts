/**
 * The import that is being prepared or is running. It lives outside the screen, so that going
 * elsewhere and coming back finds it where it was; the work itself is a job of the engine.
 */
import { useSyncExternalStore } from "react";
import type { z } from "zod";
import { client } from "#renderer/platform/api.ts";
import { type Choice, upload } from "#renderer/platform/upload.ts";
import type { importOptionsSchema, Selection } from "#shared/contract/transfers.ts";

export type ImportOptions = z.input<typeof importOptionsSchema>;

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
let session: ImportSession = nothing;
let bringing = new AbortController();
const listeners = new Set<() => void>();

/** The session, for a component that follows it. */
export function useImportSession(): ImportSession {
  return useSyncExternalStore(subscribe, () => session);
}

/** Brings files from the page and then looks at them. */
export async function bringChoice(choice: Choice): Promise<void> {
  bringing.abort();
  const controller = new AbortController();
  bringing = controller;
  const { name } = choice;
  set({ step: "bring", name, done: 0, total: choice.sources.length });
  try {
    const selection = await upload(choice, {
      signal: controller.signal,
      onProgress: (done, total) => {
        if (!controller.signal.aborted) set({ step: "bring", name, done, total });
      },
    });
    await planImport(selection, { as: "playbook", split: "none" });
  } catch (error) {
    if (!controller.signal.aborted) set({ step: "choose", failure: sentence(error) });
  }
}

/** Looks at a selection without writing anything: a dry run under these options. */
export async function planImport(selection: Selection, options: ImportOptions): Promise<void> {
  const before = session.step === "plan" ? session.job : null;
  // What was decided of single files stands when the other options change.
  const leftOut = session.step === "plan" ? session.leftOut : new Set<string>();
  const plan = { step: "plan", selection, options, leftOut, job: null, failure: null } as const;
  set(plan);
  if (before !== null) await client.jobs.cancel({ id: before });
  try {
    const { job } = await client.transfers.importSelection({
      selection: selection.id,
      options,
      dryRun: true,
    });
    // The person may have changed their mind meanwhile.
    if (session === plan) set({ ...plan, job });
    else await client.jobs.cancel({ id: job });
  } catch (error) {
    if (session === plan) set({ ...plan, failure: sentence(error) });
  }
}

/** Decides whether near duplicates come in. */
export function chooseNear(paths: readonly string[], choice: "import" | "skip"): void {
  if (session.step !== "plan") return;
  const leftOut = new Set(session.leftOut);
  for (const path of paths) {
    if (choice === "skip") leftOut.add(path);
    else leftOut.delete(path);
  }
  set({ ...session, leftOut });
}

/** Imports what was planned. */
export async function runImport(): Promise<void> {
  if (session.step !== "plan") return;
  const plan = session;
  const { selection, options, leftOut } = plan;
  const nearChoices = [...leftOut].map((path) => ({ path, choice: "skip" as const }));
  try {
    const { job } = await client.transfers.importSelection({
      selection: selection.id,
      options: { ...options, nearChoices },
      dryRun: false,
    });
    set({ step: "run", name: selection.name, job });
  } catch (error) {
    set({ ...plan, failure: sentence(error) });
  }
}

/** Shows a running import that another window, or this one before a reload, has begun. */
export function followImport(name: string, job: string): void {
  set({ step: "run", name, job });
}

/** Back to choosing; what was brought for nothing is let go. */
export async function leaveImport(): Promise<void> {
  const left = session;
  bringing.abort();
  set(nothing);
  if (left.step !== "plan") return;
  if (left.job !== null) await client.jobs.cancel({ id: left.job });
  await client.transfers.dropSelection({ selection: left.selection.id });
}

function sentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function set(next: ImportSession): void {
  session = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
