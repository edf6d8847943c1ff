/** An open profile for one command: the contract's client over a direct call, and its jobs. */
import { mkdirSync } from "node:fs";
import type { KeyStore } from "#engine/engine.ts";
import { contract, type GuildhallClient } from "#shared/contract/index.ts";
import { type Job, jobSchema } from "#shared/contract/jobs.ts";
import type { Json } from "#shared/domain/json.ts";
import { createClient } from "#shared/rpc/client.ts";
import { runEngine, type RunningEngine } from "../running-engine.ts";
import { CommandFailure } from "./outcome.ts";
import type { Terminal } from "./terminal.ts";

export type Session = {
  readonly client: GuildhallClient;
  readonly running: RunningEngine;
  readonly terminal: Terminal;
  /** Waits for a job, shows its progress to a person, and gives its result. */
  readonly finish: (job: string) => Promise<Json>;
};

type SessionOptions = {
  readonly profile: string;
  readonly terminal: Terminal;
  readonly keyStore: KeyStore | null;
  /** Whether the command works on what is there, or is the one that makes it. */
  readonly needsWorkspace: boolean;
};

/** Opens the profile, runs the command and closes the profile whatever happens. */
export async function withSession<T>(
  options: SessionOptions,
  command: (session: Session) => Promise<T>,
): Promise<T> {
  mkdirSync(options.profile, { recursive: true });
  const { profile, keyStore, terminal } = options;
  const running = await runEngine({ profile, keyStore, logName: "cli" });
  try {
    const client = createClient(contract, running.serve);
    if (options.needsWorkspace) await requireWorkspace(client, options);
    // A window shows the lists while they are brought up to date; a command answers once.
    await running.engine.upToDate();
    return await command({
      client,
      running,
      terminal,
      finish: (job) => finishJob(job, { client, running, terminal }),
    });
  } finally {
    await running.close();
  }
}

async function requireWorkspace(client: GuildhallClient, options: SessionOptions): Promise<void> {
  const { state, keyProtection } = await client.workspace.state({});
  if (state === "ready") return;
  if (state === "empty") {
    throw new CommandFailure(
      "empty",
      `There is no workspace in ${options.profile} yet. Make one with: guildhall init --name "Your name" --department "Your department", or name another profile with --profile.`,
    );
  }
  if (keyProtection === "key_store") {
    throw new CommandFailure(
      "locked",
      "The keys of this workspace are kept by the operating system's key store, which only the installed Guildhall app can open. Run the command of the installed app instead.",
    );
  }
  const passphrase =
    options.terminal.environment.GUILDHALL_PASSPHRASE ??
    (await options.terminal.askSecret("Passphrase: "));
  if (passphrase === undefined) {
    throw new CommandFailure(
      "locked",
      "This workspace is locked with a passphrase. Put it in the environment variable GUILDHALL_PASSPHRASE, or run the command in a terminal that can ask for it.",
    );
  }
  await client.workspace.unlock({ passphrase });
}

type Waiting = Pick<Session, "client" | "running" | "terminal">;

async function finishJob(id: string, { client, running, terminal }: Waiting): Promise<Json> {
  const ended = Promise.withResolvers<Job>();
  const progress = progressLine(terminal);
  const see = (job: Job) => {
    if (job.id !== id) return;
    if (job.state === "running") progress.show(job);
    else ended.resolve(job);
  };
  const unsubscribe = running.subscribe((event, payload) => {
    if (event === "job.progress") see(jobSchema.parse(payload));
  });
  const release = terminal.onInterrupt(() => void client.jobs.cancel({ id }));
  try {
    // It may have ended before anybody listened.
    see(await client.jobs.get({ id }));
    const job = await ended.promise;
    if (job.state === "failed") {
      throw new CommandFailure("job_failed", job.failure ?? "The work failed without a reason.");
    }
    if (job.state === "cancelled") {
      throw new CommandFailure("cancelled", "Stopped before the end, as you asked.");
    }
    return await client.jobs.result({ id });
  } finally {
    progress.clear();
    release();
    unsubscribe();
  }
}

/** One line on standard error that is written over again and again, for a person only. */
function progressLine(terminal: Terminal) {
  let shown = 0;
  const write = (text: string) => {
    terminal.err(`\r${text.padEnd(shown)}`);
    shown = text.length;
  };
  return {
    show: (job: Job) => {
      if (!terminal.watched.err) return;
      const amount = job.total === null ? `${job.done}` : `${job.done} of ${job.total}`;
      write(`${job.step} ${amount}`.slice(0, terminal.width - 1));
    },
    clear: () => {
      if (shown > 0) terminal.err(`\r${" ".repeat(shown)}\r`);
    },
  };
}
