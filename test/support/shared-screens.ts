/** The screens of a workspace that two share, as `shareScene` makes it. */
import { type AppScreen, at, press, record, rows, under, words } from "./app-screens.ts";
import { clash } from "./shared-scene.ts";

/** Those of a workspace that two share, in which they have written over each other's words. */
export const sharedScreens: readonly AppScreen[] = [
  { name: "share", open: at("/share", words("Last received")) },
  { name: "share-status", open: at("/", press(/^Sharing:/u)) },
  { name: "members", open: at("/members", words("Ben Example")) },
  {
    name: "members-invite",
    open: at("/members", async (page) => {
      await press("Invite")(page);
      await page.getByRole("dialog", { name: "Invite a colleague" }).waitFor();
    }),
  },
  {
    name: "members-code",
    open: at("/members", async (page) => {
      await press("Invite")(page);
      await press("Make the code")(page);
      await page.getByLabel("Invitation code").waitFor();
    }),
  },
  {
    name: "members-remove",
    open: at("/members", async (page) => {
      await press("What to do with Ben Example")(page);
      await page.getByRole("menuitem", { name: "Remove from the workspace…" }).click();
      await page.getByRole("dialog", { name: "Remove Ben Example?" }).waitFor();
    }),
  },
  {
    name: "members-roles",
    open: at("/members", async (page) => {
      await press("What to do with Ben Example")(page);
      await page.getByRole("menuitem", { name: "Roles…" }).click();
      await page.getByRole("dialog", { name: "Roles of Ben Example" }).waitFor();
    }),
  },
  { name: "folder-health", open: at("/folder", words("Everything is in order")) },
  { name: "trash", open: at("/trash", rows) },
  { name: "history-compared", open: under(clash, "/history", words("Compare")) },
  { name: "conflicts", open: at("/conflicts", words(clash)) },
  { name: "record-conflict", open: record(clash) },
  {
    name: "merge",
    open: under(clash, "/merge", (page) => page.locator(".cm-content").waitFor()),
  },
];

/** Those on which one sees that something is wrong in the folder. */
export const troubledScreens: readonly AppScreen[] = [
  { name: "folder-trouble", open: at("/folder", words("Set aside")) },
];

/** Those of a workspace whose folder is away. */
export const lostScreens: readonly AppScreen[] = [
  {
    name: "share-lost",
    open: at("/share", async (page) => {
      await press("Look now")(page);
      await words("The shared folder")(page);
    }),
  },
  { name: "share-lost-status", open: at("/", press(/^Sharing:/u)) },
  { name: "folder-lost", open: at("/folder", words("The shared folder")) },
];
