/** An open profile for one command: the contract's client over a direct call, and its jobs. */
import { existsSync } from "node:fs";
import path from "node:path";
import type { KeyStore } from "#engine/engine.ts";
import { contract, type GuildhallClient } from "#shared/contract/index.ts";
import { type Job, jobSchema } from "#shared/contract/jobs.ts";
import type { Json } from "#shared/domain/json.ts";
import { createClient } from "#shared/rpc/client.ts";
import { ExpectedFailure } from "#shared/rpc/wire.ts";
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
  readonly needs: Needs;
};

/**
 * What a command needs of the profile: nothing yet, a log, lists that are up to date with it, or
 * keys that can sign besides. Joining makes a workspace where there is none.
 */
export type Needs = "nothing" | "joining" | "log" | "reading" | "writing";

/** Opens the profile, runs the command and closes the profile whatever happens. */
export async function withSession<T>(
  options: SessionOptions,
  command: (session: Session) => Promise<T>,
): Promise<T> {
  const { profile, keyStore, terminal } = options;
  // Asking a folder by a mistyped name makes no workspace of it.
  const makes = options.needs === "nothing" || options.needs === "joining";
  if (!makes && !existsSync(path.join(profile, "workspace.db"))) {
    throw noWorkspace(profile);
  }
  const running = await runEngine({ profile, keyStore, logName: "cli" });
  try {
    const client = createClient(contract, running.serve);
    if (!makes) await requireWorkspace(client, options);
    const signs = options.needs === "writing" || options.needs === "joining";
    if (signs) await requireKeys(client, options);
    await upToDate(running, options);
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
  const { state } = await client.workspace.state({});
  if (state === "empty") throw noWorkspace(options.profile);
}

/** A window shows the lists while they are brought up to date; a command answers once. */
async function upToDate({ engine, subscribe }: RunningEngine, { terminal, needs }: SessionOptions) {
  const progress = progressLine(terminal);
  const unsubscribe = subscribe((event, payload) => {
    if (event === "job.progress") progress.show(jobSchema().parse(payload));
  });
  try {
    await engine.upToDate();
  } catch (error) {
    outdated(error, needs);
  } finally {
    unsubscribe();
    progress.clear();
  }
}

/** A check and a rebuild go on where the lists could not be made anew: they find out why. */
function outdated(error: unknown, needs: Needs): void {
  if (!(error instanceof ExpectedFailure)) throw error;
  if (needs === "log") return;
  throw new CommandFailure(
    error.code,
    `${error.message} On the command line that is: guildhall rebuild; and guildhall check says what is wrong.`,
  );
}

function noWorkspace(profile: string): CommandFailure {
  return new CommandFailure(
    "empty",
    `There is no workspace in ${profile} yet. Make one with: guildhall init --name "Your name" --department "Your department", or name another profile with --profile.`,
  );
}

/** Only writing needs the private keys: whatever is stored can be read without them. */
async function requireKeys(client: GuildhallClient, { terminal }: SessionOptions): Promise<void> {
  const { writable, keyProtection } = await client.workspace.state({});
  if (writable) return;
  if (keyProtection === "key_store") {
    throw new CommandFailure(
      "locked",
      "Nothing was written: the keys that sign this device's changes lie in the operating system's key store, which only the installed app can open. Use the installed app's own guildhall command, or set a passphrase in the app's settings and give it here in GUILDHALL_PASSPHRASE. Reading works without.",
    );
  }
  const passphrase =
    terminal.environment.GUILDHALL_PASSPHRASE ?? (await terminal.askSecret("Passphrase: "));
  if (passphrase === undefined) {
    throw new CommandFailure(
      "locked",
      "Nothing was written: the keys that sign this device's changes are locked with a passphrase. Put it in the environment variable GUILDHALL_PASSPHRASE, or run the command in a terminal that can ask for it. Reading works without.",
    );
  }
  await client.workspace.unlock({ passphrase });
}

/** A job that was interrupted; its result says how far it came, where it kept one. */
export class JobStopped extends CommandFailure {
  readonly result: Json;
  constructor(result: Json) {
    super("cancelled", "Stopped before the end, as you asked.");
    this.name = "JobStopped";
    this.result = result;
  }
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
    if (event === "job.progress") see(jobSchema().parse(payload));
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
      throw new JobStopped(await client.jobs.result({ id }));
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
