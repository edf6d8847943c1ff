/** Long work in the engine: progress, cancel, and a result that stays readable until the engine stops. */
import type { Job } from "#shared/contract/jobs.ts";
import type { Json } from "#shared/domain/json.ts";

/** What a piece of long work uses to speak to whoever watches it. */
export type JobControl = {
  /** Reports progress; announced at most ten times a second. */
  readonly report: (progress: {
    readonly done: number;
    readonly total: number | null;
    readonly step: string;
  }) => void;
  /** True once somebody asked to cancel; the work then stops at its next safe point. */
  readonly cancelled: () => boolean;
  /** Lets other calls be answered. Await it after each piece of work: it costs a turn only every few ms. */
  readonly breathe: () => Promise<void>;
};

export type JobRunner = {
  /** Starts the work and returns the job's id at once. An ExpectedFailure becomes the job's failure sentence. */
  readonly start: (
    kind: Job["kind"],
    label: string,
    work: (control: JobControl) => Promise<Json>,
  ) => string;
  readonly get: (id: string) => Job | undefined;
  readonly list: () => readonly Job[];
  readonly result: (id: string) => Json | null;
  readonly cancel: (id: string) => void;
  /** Resolves when the job has ended, with its final state. */
  readonly ended: (id: string) => Promise<Job>;
  /** Cancels everything and waits for it. */
  readonly close: () => Promise<void>;
};

/** Thrown by work that noticed its cancellation inside a transaction, so that it is rolled back. */
export class JobCancelled extends Error {
  constructor() {
    super("The job was cancelled.");
    this.name = "JobCancelled";
  }
}
