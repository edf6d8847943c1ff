/**
 * The join requests in the folder. A request is a stranger's file: nothing in it is believed that its
 * keys do not prove. It has a name of its own and never changes, so what was read whole is kept as
 * long as the app runs; what is not whole may still be on its way, and is read again ever more seldom.
 */
import type { RecordId } from "#shared/domain/ids.ts";
import { type JoinRequest, openJoinRequest } from "#shared/format/join-request.ts";
import { limits } from "#shared/format/limits.ts";
import { folderNames, isSetApart } from "#shared/format/names.ts";
import type { Cryptography } from "../../identity/cryptography.ts";
import { isAuthentic } from "../exchange/frames.ts";
import { orMissing } from "../exchange/watched-folder.ts";
import { type Folder, FolderError } from "../folder.ts";
import { failedFilePause, type Pace } from "../pace.ts";

/** So many files are opened in one look, and so many known: a flooded folder must not hold sync up. */
const most = { opened: 500, known: 10_000 };

/** `now` is in milliseconds since 1970, UTC. */
type Looking = { readonly library: RecordId; readonly now: number };

export type JoinRequests = {
  /** Those that are there, whole, and for this library. Fails as the folder's listing does. */
  readonly in: (folder: Folder, looking: Looking) => Promise<readonly JoinRequest[]>;
};

/** What is known of the file with a name. */
type Known = { readonly request: JoinRequest } | { readonly tries: number; readonly next: number };

type Dependencies = {
  readonly cryptography: Cryptography;
  readonly pace: Pick<Pace, "failedFile">;
};

/** Nothing is known in the beginning. */
export function createJoinRequests({ cryptography, pace }: Dependencies): JoinRequests {
  let known: ReadonlyMap<string, Known> = new Map();

  async function read(folder: Folder, name: string, { library, now }: Looking): Promise<Known> {
    const bytes = await readOrSkip(folder, `${folderNames.join}/${name}`);
    const opened = bytes && openJoinRequest(bytes);
    if (opened && !("problem" in opened) && isAuthentic(opened, { cryptography, library })) {
      return { request: opened.fields };
    }
    const before = known.get(name);
    const tries = before !== undefined && "tries" in before ? before.tries + 1 : 1;
    return { tries, next: now + failedFilePause(pace, tries) };
  }

  return {
    in: async (folder, looking) => {
      const entries = (await orMissing(folder.list(folderNames.join))) ?? [];
      const names = entries
        .filter(({ kind, name }) => kind === "file" && !isSetApart(name))
        .map(({ name }) => name)
        .toSorted()
        .slice(0, most.known);
      const found = new Map<string, Known>();
      let opened = 0;
      for (const name of names) {
        const kept = known.get(name);
        const isDue = kept === undefined || ("next" in kept && kept.next <= looking.now);
        if (!isDue) found.set(name, kept);
        else if (opened < most.opened) {
          opened += 1;
          found.set(name, await read(folder, name, looking));
        }
      }
      known = found;
      return [...found.values()]
        .flatMap((one) => ("request" in one ? one.request : []))
        .filter(({ lib }) => lib === looking.library);
    },
  };
}

/** A file that cannot be read now may be readable later. */
async function readOrSkip(folder: Folder, path: string): Promise<Uint8Array | undefined> {
  try {
    return await folder.read(path, { at: 0, length: limits.firstRead });
  } catch (error) {
    if (error instanceof FolderError) return undefined;
    throw error;
  }
}
