/**
 * Two colleagues' profiles on one shared folder, made through the command line as anybody would:
 * Ada founds the library of her workspace, Ben joins it as a lead of her department.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { guildhall } from "./guildhall.ts";

export type SharedProfiles = {
  readonly ada: string;
  readonly ben: string;
  readonly folder: string;
};

const invited = z.object({ code: z.string() });
const found = z.object({ hits: z.array(z.object({ id: z.string(), title: z.string() })) });

/** Makes them under the given place; Ada's profile is made where there is none yet. */
export async function shareProfiles(place: string, existing?: string): Promise<SharedProfiles> {
  const folder = path.join(place, "Team folder");
  const ada = existing ?? path.join(place, "ada");
  const ben = path.join(place, "ben");
  mkdirSync(folder, { recursive: true });
  const department = ["--department", "Customer Support"];
  if (existing === undefined) {
    await guildhall(["init", "--profile", ada, "--name", "Ada Example", ...department]);
  }
  await guildhall(["share", "create", folder, "--profile", ada]);
  const code = await invite(ada, ["--role", "lead", ...department]);
  await guildhall(["share", "join", folder, "--code", code, "--name", "Ben Example", ...at(ben)]);
  await guildhall(["share", "admit", ...at(ada)]);
  await syncAll([ben, ada, ben]);
  return { ada, ben, folder };
}

/** A code for one more device. */
export async function invite(profile: string, words: readonly string[]): Promise<string> {
  const made = await guildhall(["share", "invite", ...words, ...at(profile), "--json"]);
  return invited.parse(JSON.parse(made)).code;
}

/** The record of that title. */
export async function findRecord(profile: string, title: string): Promise<string> {
  const answer = await guildhall(["search", `"${title}"`, ...at(profile), "--json"]);
  return found.parse(JSON.parse(answer)).hits.find((hit) => hit.title === title)?.id ?? "";
}

/** Looks at the folder with each, one after the other. */
export async function syncAll(profiles: readonly string[]): Promise<void> {
  for (const profile of profiles) await guildhall(["sync", ...at(profile)]);
}

/** Both write different texts and titles over the same playbook before either hears of the other. */
export async function writeAtOnce(
  { ada, ben, folder }: SharedProfiles,
  title: string,
): Promise<string> {
  const id = await findRecord(ada, title);
  const write = (profile: string, words: readonly string[], body: string) => {
    const file = path.join(folder, "..", `${path.basename(profile)}.md`);
    writeFileSync(file, body);
    return guildhall(["edit", id, "--body", file, ...words, ...at(profile)]);
  };
  const start =
    "The greeting is warm.\n\nThe answer comes within two days.\n\nThe close is short.\n";
  await write(ada, [], start);
  await syncAll([ada, ben]);
  await write(
    ada,
    ["--set", "risk_tier=high"],
    start.replace("two days", "one day").replace("warm", "warm and plain"),
  );
  await write(ben, ["--set", "risk_tier=minimal"], start.replace("two days", "four hours"));
  await syncAll([ada, ben, ada]);
  return id;
}

function at(profile: string): readonly string[] {
  return ["--profile", profile];
}
