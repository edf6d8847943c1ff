/** What is said of a folder in which a shared workspace is looked for. */
import type { Look, Said } from "./choose-folder.tsx";

/** A library is what is wanted; everything else says what to do. */
export function saidOfLibrary(look: Look): Said {
  switch (look.kind) {
    case "library":
      return {
        ok: true,
        title: `The shared workspace “${look.name ?? ""}”`,
        sentence: `Its fingerprint is ${look.fingerprint ?? ""}. Whether it is the one you were invited to, your code decides.`,
      };
    case "empty":
      return {
        ok: false,
        title: "This folder is empty",
        sentence:
          "If OneDrive, Dropbox or the like copies it, wait until that has finished, then look again. Otherwise choose the folder in which LIBRARY.json lies.",
      };
    case "other_files":
      return {
        ok: false,
        title: "There is no shared workspace in this folder",
        sentence:
          "Only other files lie there. Choose the folder in which LIBRARY.json lies; it may be inside this one.",
      };
    case "not_writable":
      return {
        ok: false,
        title: "This folder is empty and can only be read",
        sentence:
          "Choose the folder in which LIBRARY.json lies, and ask whoever keeps it for permission to write.",
      };
  }
}
