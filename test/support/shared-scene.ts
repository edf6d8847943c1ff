/**
 * A workspace that two share, with something to see on each of its screens: an open and a used
 * invitation, a record they wrote over at once, one in the trash.
 */
import { appendFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { guildhall } from "./guildhall.ts";
import { findRecord, invite, shareProfiles, syncAll, writeAtOnce } from "./share-profiles.ts";

/** What they write over each other's words. */
export const clash = "Draft a reply to a customer";
const removed = "Write a job ad without hidden bias";

/** Shares the profile of the sample, whose person is Ada; gives the folder. */
export async function shareScene(place: string, profile: string): Promise<string> {
  const shared = await shareProfiles(place, profile);
  await writeAtOnce(shared, clash);
  await invite(profile, ["--role", "member"]);
  await guildhall(["remove", await findRecord(profile, removed), "--profile", profile]);
  return shared.folder;
}

/** Somebody meddles with the folder: a file of their own in it, and a state that is no such thing. */
export async function troubleFolder(folder: string, profile: string): Promise<void> {
  writeFileSync(path.join(folder, "Minutes of the offsite.docx"), "not Guildhall's");
  appendFileSync(path.join(folder, "LIBRARY (conflicted copy).json"), "{");
  await syncAll([profile]);
}
