/**
 * The commands and options of `guildhall`, and nothing of what they do: each command's code is
 * loaded when it is called, so that help is instant.
 */
import { Command, InvalidArgumentError, Option } from "commander";
import { recordTypeNames } from "#shared/domain/record-type-name.ts";
import { assignmentHelp } from "./assignment-help.ts";
import { UsageError } from "./outcome.ts";
import type { Runner } from "./runner.ts";
import { addSharingCommands } from "./sharing-program.ts";

/** Builds the command tree. `--profile` and `--json` may stand anywhere on the line. */
export function createProgram(version: string, runner: Runner): Command {
  const program = new Command("guildhall")
    .description("Share playbooks and lessons about working with AI: local, offline.")
    .version(version, "--version", "show the version")
    .helpOption("--help", "show help")
    .option("--profile <folder>", "where the workspace lies (default: the application-data folder)")
    .option("--json", "print one JSON document on standard output and nothing else there")
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError("(guildhall --help shows the commands)");
  addWorkspaceCommands(program, runner);
  addTransferCommands(program, runner);
  addFindCommands(program, runner);
  addRecordCommands(program, runner);
  addRevisionCommands(program, runner);
  addSharingCommands(program, runner);
  return program;
}

function addWorkspaceCommands(program: Command, { inAnyProfile, toTheLog, serve }: Runner): void {
  program
    .command("init")
    .description("make a workspace")
    .requiredOption("--name <name>", "your name")
    .requiredOption("--department <department>", "your department's name")
    .option("--sample", "fill it with the sample workspace")
    .action(async ({ name, department, sample }: Options<"name" | "department", "sample">) => {
      const { init } = await import("./workspace-commands.ts");
      await inAnyProfile((session) => init(session, { name, department, sample: sample === true }));
    });
  program
    .command("check")
    .description("verify hash chain, signatures, database and projections")
    .action(async () => {
      const { check } = await import("./workspace-commands.ts");
      await toTheLog(check);
    });
  program
    .command("rebuild")
    .description("fold every projection from the log again")
    .action(async () => {
      const { rebuild } = await import("./workspace-commands.ts");
      await toTheLog(rebuild);
    });
  program
    .command("serve")
    .description("serve the app to a browser on this machine")
    .option("--port <number>", "the port (default: any free one)", portNumber, 0)
    .action(({ port }: { readonly port: number }) => serve(port));
}

function addTransferCommands(program: Command, { toRead, toWrite }: Runner): void {
  const as = new Option("--as <type>", "what the documents are").choices(["playbook", "lesson"]);
  const split = new Option("--split <by>", "make several records of one file").choices([
    "heading",
    "paragraph",
  ]);
  program
    .command("import")
    .description("import folders, Markdown files and ZIP files")
    .argument("<path...>", "what to import")
    .addOption(as.default("playbook"))
    .option("--department <department>", "the department they belong to, by name or id")
    .addOption(split)
    .option("--dry-run", "report what would happen and write nothing")
    .action(async (paths: readonly string[], options: ImportFlags) => {
      const { importPaths } = await import("./transfer-commands.ts");
      const { department, dryRun } = options;
      const wanted = { paths, as: options.as, split: options.split ?? ("none" as const) };
      const run = dryRun === true ? toRead : toWrite;
      await run((session) =>
        importPaths(session, { ...wanted, department, dryRun: dryRun === true }),
      );
    });
  program
    .command("export")
    .description("write one Markdown file for each record into a folder")
    .argument("<folder>", "where to; made when missing")
    .addOption(typeOption())
    .action(async (folder: string, { type }: Options<never, "type">) => {
      const { exportFolder } = await import("./transfer-commands.ts");
      await toRead((session) => exportFolder(session, { folder, type }));
    });
  program
    .command("export-handbook")
    .description("write what is published as pages that any browser opens")
    .argument("<folder>", "where to; empty, missing, or a handbook of before")
    .action(async (folder: string) => {
      const { exportHandbook } = await import("./handbook-command.ts");
      await toRead((session) => exportHandbook(session, { folder }));
    });
}

function addFindCommands(program: Command, { toRead }: Runner): void {
  const sort = new Option("--sort <order>", "the order").choices(["relevance", "date"]);
  program
    .command("search")
    .description("find records by words, phrases and operators")
    .argument("<query...>", 'what to find, as in the app: refund "exact words" -not tag:cx')
    .addOption(typeOption())
    .option("--department <department>", "only of this department, by name or id")
    .option("--limit <number>", "the most hits to show", positive, 20)
    .addOption(sort.default("relevance"))
    // A word after a minus is a word to leave out, not an option.
    .allowUnknownOption()
    .action(async (words: readonly string[], options: SearchFlags) => {
      const strange = words.find((word) => /^--\w/u.test(word));
      if (strange !== undefined) throw new UsageError(`unknown option '${strange}'`);
      const { search } = await import("./search-command.ts");
      const { type, department, limit, sort } = options;
      const query = words.join(" ");
      await toRead((session) => search(session, { query, type, department, limit, sort }));
    });
  program
    .command("list")
    .description("list records")
    .addOption(typeOption())
    .option("--status <status>", "only with this status")
    .option("--department <department>", "only of this department, by name or id")
    .action(async (options: Options<never, "type" | "status" | "department">) => {
      const { list } = await import("./record-commands.ts");
      const { type, status, department } = options;
      await toRead((session) => list(session, { type, status, department }));
    });
}

function addRecordCommands(program: Command, { toRead, toWrite }: Runner): void {
  program
    .command("show")
    .description("show a record")
    .argument("<id>")
    .option("--revision <number>", "as it was then", positive)
    .action(async (id: string, { revision }: { readonly revision?: number }) => {
      const { show } = await import("./record-commands.ts");
      await toRead((session) => show(session, { id, revision }));
    });
  program
    .command("new")
    .description("make a record")
    .addArgument(program.createArgument("<type>").choices(recordTypeNames))
    .requiredOption("--title <title>", "its title or name")
    .option("--body <file>", "its text from a file, or from standard input with -")
    .option("--set <field=value>", "a field's value; again for more", gather, [])
    .addHelpText("after", assignmentHelp)
    .action(async (type: string, options: NewFlags) => {
      const { create } = await import("./record-commands.ts");
      const { title, body, set } = options;
      await toWrite((session) => create(session, { type, title, body, set }));
    });
  program
    .command("edit")
    .description("change a record")
    .argument("<id>")
    .option("--body <file>", "its text from a file, or from standard input with -")
    .option("--set <field=value>", "a field's value; again for more", gather, [])
    .option("--note <note>", "what you changed and why")
    .addHelpText("after", assignmentHelp)
    .action(async (id: string, { body, set, note }: EditFlags) => {
      const { edit } = await import("./record-commands.ts");
      await toWrite((session) => edit(session, { id, body, set, note }));
    });
  program
    .command("remove")
    .description("move a record to the trash")
    .argument("<id>")
    .action(async (id: string) => {
      const { remove } = await import("./record-commands.ts");
      await toWrite((session) => remove(session, { id }));
    });
}

function addRevisionCommands(program: Command, { toRead, toWrite }: Runner): void {
  program
    .command("history")
    .description("list a record's revisions")
    .argument("<id>")
    .action(async (id: string) => {
      const { history } = await import("./record-commands.ts");
      await toRead((session) => history(session, { id }));
    });
  program
    .command("diff")
    .description("compare two revisions word by word")
    .argument("<id>")
    .argument("<from>", "a revision's number", positive)
    .argument("<to>", "another one's", positive)
    .action(async (...[id, from, to]: readonly [string, number, number, ...unknown[]]) => {
      const { diff } = await import("./record-commands.ts");
      await toRead((session) => diff(session, { id, from, to }));
    });
  program
    .command("restore")
    .description("make an older revision the newest one")
    .argument("<id>")
    .argument("<revision>", "its number", positive)
    .action(async (id: string, revision: number) => {
      const { restore } = await import("./record-commands.ts");
      await toWrite((session) => restore(session, { id, revision }));
    });
}

type Options<Required extends string, Optional extends string> = {
  readonly [K in Required]: string;
} & { readonly [K in Optional]?: K extends "sample" ? true : string };
type ImportFlags = {
  readonly as: "playbook" | "lesson";
  readonly department?: string;
  readonly split?: "heading" | "paragraph";
  readonly dryRun?: true;
};
type SearchFlags = {
  readonly type?: string;
  readonly department?: string;
  readonly limit: number;
  readonly sort: "relevance" | "date";
};
type EditFlags = {
  readonly body?: string;
  readonly set: readonly string[];
  readonly note?: string;
};
type NewFlags = Omit<EditFlags, "note"> & { readonly title: string };

function typeOption(): Option {
  return new Option("--type <type>", "only of this type").choices(recordTypeNames);
}

function gather(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

function positive(text: string): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number > 0) return number;
  throw new InvalidArgumentError("It has to be a whole number from 1 on.");
}

function portNumber(text: string): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= 0 && number <= 65_535) return number;
  throw new InvalidArgumentError("It has to be a number from 0 to 65535.");
}
