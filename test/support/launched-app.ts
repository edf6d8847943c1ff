/** The app as an end-to-end test meets it, the same in Electron's window and in a browser tab. */
import type { Page } from "@playwright/test";

export type LaunchedApp = {
  readonly host: "electron" | "browser";
  readonly page: Page;
  /** The profile's folder: fresh unless one was given. */
  readonly profile: string;
  /** What the page complained about so far: uncaught errors and console errors, policy refusals included. */
  readonly complaints: readonly string[];
  /** Ends the app at once, as a power cut would; the profile stays as it is. */
  readonly kill: () => Promise<void>;
  /** Closes everything in order; a fresh profile vanishes. */
  readonly close: () => Promise<void>;
};

export type LaunchOptions = {
  /** A profile to open; it stays where it is afterwards. */
  readonly profile?: string;
  /** Further words for the app. */
  readonly words?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
};

/** Collects what the page complains about from now on. */
export function listenForComplaints(page: Page): string[] {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  return complaints;
}
