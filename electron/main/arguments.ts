/** What the words the app was started with ask for. Pure. */
import path from "node:path";
import { commandNames } from "#hosts/cli/command-names.ts";

export type StartArguments = {
  /** Absolute; undefined for the default one. */
  readonly profile: string | undefined;
  /** A link to follow, as it was given; it may lead nowhere. */
  readonly link: string | null;
  /** The words of a command for the command line; null when a window is wanted. */
  readonly command: readonly string[] | null;
};

/** Reads process.argv without its first word. Chromium's and Electron's own switches are passed over. */
export function readArguments(
  words: readonly string[],
  { packaged, folder }: { readonly packaged: boolean; readonly folder: string },
): StartArguments {
  const profile = profileOf(words);
  return {
    profile: profile === undefined ? undefined : path.resolve(folder, profile),
    link: words.find((word) => word.toLowerCase().startsWith("guildhall://")) ?? null,
    command: packaged && isCommand(words) ? words.filter((word) => !isSwitch(word)) : null,
  };
}

/** What is meant for Chromium and no command knows: who runs as root, or has no display, needs it. */
function isSwitch(word: string): boolean {
  return /^--(?:no-sandbox$|ozone-platform=)/u.test(word);
}

function profileOf(words: readonly string[]): string | undefined {
  const index = words.indexOf("--profile");
  if (index >= 0) return words[index + 1];
  return words.find((word) => word.startsWith("--profile="))?.slice("--profile=".length);
}

/** A command's name is the first word that is no option, or help or the version is asked for. */
function isCommand(words: readonly string[]): boolean {
  if (words.includes("--help") || words.includes("--version")) return true;
  const first = words.find(
    (word, index) => !word.startsWith("-") && words[index - 1] !== "--profile",
  );
  return first !== undefined && commandNames.has(first);
}
