/** Runs one command line from its words to its exit code: 0 done, 1 failed, 2 wrong usage. */
import { type Command, CommanderError } from "commander";
import type { KeyStore } from "#engine/engine.ts";
import { readVersion } from "../app-folders.ts";
import { defaultProfile } from "../profile-folder.ts";
import { CommandFailure, type Outcome, UsageError } from "./outcome.ts";
import { createProgram } from "./program.ts";
import type { Needs, Session } from "./session.ts";
import { paintFor, type Terminal } from "./terminal.ts";

type CliOptions = {
  /** The words after the program's name. */
  readonly words: readonly string[];
  readonly terminal: Terminal;
  /** The operating system's key store, where the host has one. */
  readonly keyStore: KeyStore | null;
};

/** Never rejects; every failure is a sentence on standard error. */
export async function runCli({ words, terminal, keyStore }: CliOptions): Promise<number> {
  let exitCode = 0;
  const flags = () => program.opts<{ profile?: string; json?: true }>();
  const profile = () => flags().profile ?? defaultProfile();

  const run = async (
    needs: Needs,
    command: (session: Session) => Promise<Outcome>,
  ): Promise<void> => {
    const { withSession } = await import("./session.ts");
    const options = { profile: profile(), terminal, keyStore, needs };
    show(await withSession(options, command));
  };
  const show = (outcome: Outcome): void => {
    if (outcome.failed) exitCode = 1;
    terminal.out(
      flags().json ? `${JSON.stringify(outcome.json)}\n` : `${outcome.text(paintFor(terminal))}\n`,
    );
  };

  const program = createProgram(readVersion(), {
    toTheLog: (command) => run("log", command),
    toRead: (command) => run("reading", command),
    toWrite: (command) => run("writing", command),
    inAnyProfile: (command) => run("nothing", command),
    toJoin: (command) => run("joining", command),
    alone: async (command) => show(await command()),
    serve: async (port) => {
      const { serveUntilInterrupted } = await import("./serve-command.ts");
      const json = flags().json === true;
      await serveUntilInterrupted({ profile: profile(), port, json, terminal });
    },
  });
  for (const command of commandsBelow(program)) {
    command.exitOverride().configureOutput({
      writeOut: terminal.out,
      writeErr: terminal.err,
      outputError: (text, write) => write(text.replace(/^error: /u, "guildhall: ")),
    });
  }
  try {
    await program.parseAsync(words, { from: "user" });
  } catch (error) {
    return await fail(error, { json: words.includes("--json"), terminal });
  }
  return exitCode;
}

/** The command with all commands inside it. */
function commandsBelow(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(commandsBelow)];
}

async function fail(
  error: unknown,
  { json, terminal }: { readonly json: boolean; readonly terminal: Terminal },
): Promise<number> {
  const told = (code: string, message: string) => {
    if (json) terminal.out(`${JSON.stringify({ error: { code, message } })}\n`);
  };
  // Commander has said what is wrong, or printed the help that was asked for.
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    told("usage", error.message.replace(/^error: /u, ""));
    return 2;
  }
  if (error instanceof UsageError) {
    terminal.err(`guildhall: ${error.message}\n`);
    told("usage", error.message);
    return 2;
  }
  const { code, message } = await explain(error);
  terminal.err(`guildhall: ${message}\n`);
  told(code, message);
  return 1;
}

async function explain(
  error: unknown,
): Promise<{ readonly code: string; readonly message: string }> {
  // Only here: most commands fail at nothing, and help loads nothing of the engine.
  const { ExpectedFailure, RpcFault } = await import("#shared/rpc/wire.ts");
  if (error instanceof RpcFault) return { code: error.fault.code, message: error.message };
  if (error instanceof CommandFailure || error instanceof ExpectedFailure) {
    return { code: error.code, message: error.message };
  }
  const reason = error instanceof Error ? error.message : String(error);
  return { code: "internal", message: `Something went wrong inside Guildhall: ${reason}` };
}
