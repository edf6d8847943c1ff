/** The commands and options about sharing, and nothing of what they do; see program.ts. */
import { type Command, Option } from "commander";
import { roleSchema } from "#shared/domain/roster/role.ts";
import { type Outcome, UsageError } from "./outcome.ts";
import type { Runner } from "./runner.ts";

/** Adds them to the command tree. */
export function addSharingCommands(program: Command, runner: Runner): void {
  const share = program
    .command("share")
    .description("share the workspace through a folder that colleagues can reach")
    .addHelpText("after", shareHelp);
  addFolderCommands(share, runner);
  addInvitationCommands(share, runner);
  addPeopleCommands(program, runner);
  addSyncCommands(program, runner);
}

const shareHelp = `
A steward founds a library once: share create FOLDER. For each colleague: share invite. The colleague
runs share join FOLDER --code CODE, and share admit (or the steward's open window) lets them in.
From then on: sync.`;

function addFolderCommands(share: Command, { toWrite, toJoin }: Runner): void {
  share
    .command("create")
    .description("share this workspace in an empty folder, and show its recovery sheet this once")
    .argument("<folder>", "empty, or not there yet")
    .action(async (folder: string) => {
      const { shareCreate } = await import("./share-commands.ts");
      await toWrite((session) => shareCreate(session, folder));
    });
  share
    .command("join")
    .description("ask to be taken into the workspace that a folder shares")
    .addArgument(folderArgument(share))
    .requiredOption("--code <code>", "the invitation's code; spaces and capitals do not matter")
    .addOption(nameOption())
    .action(async (folder: string, { code, name }: { code: string; name?: string }) => {
      const { shareJoin } = await import("./share-commands.ts");
      await toJoin((session) => shareJoin(session, { folder, code, name }));
    });
  share
    .command("recover")
    .description("become a steward again with the recovery sheet")
    .addArgument(folderArgument(share))
    .requiredOption("--recovery <code>", "the sheet's code; spaces and capitals do not matter")
    .addOption(nameOption())
    .action(async (folder: string, { recovery, name }: { recovery: string; name?: string }) => {
      const { shareRecover } = await import("./share-commands.ts");
      await toJoin((session) => shareRecover(session, { folder, recovery, name }));
    });
  share
    .command("leave")
    .description("stop sharing on this device; everything stays here and in the folder")
    .action(async () => {
      const { shareLeave } = await import("./share-commands.ts");
      await toWrite(shareLeave);
    });
}

function addInvitationCommands(share: Command, { toWrite }: Runner): void {
  share
    .command("invite")
    .description("make a code that takes in one device within seven days")
    .addOption(roleOption().default("member"))
    .addOption(departmentOption("the department they come into or lead"))
    .option("--person <person>", "for a further device of this person, by name or id")
    .action(async ({ role, person, ...flags }: InviteFlags) => {
      const { shareInvite } = await import("./share-commands.ts");
      const inviting = { person, ...rightOf(role, flags) };
      await toWrite((session) => shareInvite(session, inviting));
    });
  share
    .command("admit")
    .description("admit whoever asked with a valid code")
    .action(async () => {
      const { shareAdmit } = await import("./share-commands.ts");
      await toWrite(shareAdmit);
    });
}

function addPeopleCommands(program: Command, { toRead, toWrite }: Runner): void {
  program
    .command("roster")
    .description("list who belongs to the shared workspace, with their roles")
    .action(async () => {
      const { roster } = await import("./share-commands.ts");
      await toRead(roster);
    });
  program
    .command("devices")
    .description("list everybody's devices, and when they were seen last")
    .action(async () => {
      const { devices } = await import("./share-commands.ts");
      await toRead(devices);
    });
  const role = program.command("role").description("give roles and take them away");
  role
    .command("grant")
    .description("give somebody a role")
    .argument("<person>", "by name or id")
    .addArgument(roleArgument(program))
    .addOption(departmentOption("the department it is for; a lead needs one"))
    .action(async (person: string, name: string, flags: RoleFlags) => {
      const { roleGrant } = await import("./share-commands.ts");
      const granting = { person, ...rightOf(name, flags) };
      await toWrite((session) => roleGrant(session, granting));
    });
  role
    .command("revoke")
    .description("take a role away; what they wrote until now stays")
    .argument("<person>", "by name or id")
    .addArgument(roleArgument(program))
    .action(async (person: string, name: string) => {
      const { roleRevoke } = await import("./share-commands.ts");
      await toWrite((session) => roleRevoke(session, { person, role: roleSchema.parse(name) }));
    });
  program
    .command("remove-member")
    .description("remove somebody with every device; what they wrote until now stays")
    .argument("<person>", "by name or id")
    .action(async (person: string) => {
      const { removeMember } = await import("./share-commands.ts");
      await toWrite((session) => removeMember(session, person));
    });
}

type SyncFlags = {
  readonly once?: true;
  readonly watch?: true;
  readonly full?: true;
  readonly restore?: true;
};

function addSyncCommands(program: Command, { toRead, toWrite, alone }: Runner): void {
  program
    .command("sync")
    .description("take what is new in the shared folder, and send what was written here")
    .option("--once", "look once (the default)")
    .option("--watch", "look again and again until it is interrupted")
    .option("--full", "look at every file, whatever the heads say")
    .option("--restore", "put everything back into a folder that somebody emptied")
    .action(async ({ once, watch, full, restore }: SyncFlags) => {
      if (once && watch) throw new UsageError("--once and --watch exclude each other.");
      const { sync } = await import("./sync-commands.ts");
      const how = { watch: watch === true, full: full === true, restore: restore === true };
      await toWrite((session) => sync(session, how));
    });
  program
    .command("conflicts")
    .description("list the records of which somebody has to choose")
    .action(async () => {
      const { conflicts } = await import("./sync-commands.ts");
      await toRead(conflicts);
    });
  program
    .command("resolve")
    .description("choose one of the values that people wrote at the same time")
    .argument("<id>", "the record's")
    .argument("<path>", "where in the record, as conflicts lists it")
    .argument("<change>", "the one to keep, as conflicts lists it")
    .action(async (...[id, place, change]: readonly [string, string, string, ...unknown[]]) => {
      const { resolve } = await import("./sync-commands.ts");
      await toWrite((session) => resolve(session, { id, path: place, change }));
    });
  program
    .command("compact")
    .description("join this device's small files into packs, and delete what is safely doubled")
    .action(async () => {
      const { compact } = await import("./sync-commands.ts");
      await toWrite(compact);
    });
  program
    .command("verify")
    .description("verify a shared folder on its own: files, signatures, chains and people")
    .argument("<folder>", "the shared folder; no profile is opened")
    .action(async (folder: string) => {
      const { verify } = await import("./sync-commands.ts");
      await alone((): Promise<Outcome> => verify(folder));
    });
}

type RoleFlags = { readonly department?: readonly string[] };
type InviteFlags = RoleFlags & { readonly role: string; readonly person?: string };

function folderArgument(share: Command) {
  return share.createArgument("<folder>", "the shared folder as it is on this computer");
}

function nameOption(): Option {
  return new Option("--name <name>", "your name, where this profile has no workspace yet");
}

function roleOption(): Option {
  return new Option("--role <role>", "what they will be").choices(roleSchema.options);
}

function roleArgument(program: Command) {
  return program.createArgument("<role>").choices(roleSchema.options);
}

function departmentOption(what: string): Option {
  return new Option(
    "--department <department>",
    `${what}, by name or id; again for more`,
  ).argParser((value: string, before: readonly string[] | undefined) => [...(before ?? []), value]);
}

/** The role with its departments; a lead has to have some. */
function rightOf(name: string, { department: departments = [] }: RoleFlags) {
  if (name === "lead" && departments.length === 0) {
    throw new UsageError("a lead leads a department: name it with --department.");
  }
  return { role: roleSchema.parse(name), departments };
}
