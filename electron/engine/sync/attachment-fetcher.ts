/** Brings attachments from the shared folder when somebody opens them, each once at a time. */
import { sha256Schema } from "#shared/domain/ids.ts";
import { mostBytes } from "../attachments/attachment-files.ts";
import { type AttachmentFetch, fetchAttachment } from "./exchange/attachment-in.ts";
import type { Folder } from "./folder.ts";

export type AttachmentFetcher = {
  /** Fetches it unless it is here; joins a copy that is under way. */
  readonly fetch: (hash: string) => Promise<AttachmentFetch>;
  readonly stateOf: (hash: string) => "here" | "absent" | "fetching";
};

type Dependencies = {
  readonly place: string;
  readonly part: number;
  /** Undefined while no folder is chosen. */
  readonly folder: () => Folder | undefined;
  readonly isHere: (hash: string) => boolean;
};

/** Builds it over the profile's attachments. */
export function attachmentFetcher(deps: Dependencies): AttachmentFetcher {
  const { place, part, isHere } = deps;
  const underWay = new Map<string, Promise<AttachmentFetch>>();

  function fetch(hash: string): Promise<AttachmentFetch> {
    if (isHere(hash)) return Promise.resolve("here");
    const folder = deps.folder();
    if (folder === undefined || !sha256Schema.safeParse(hash).success) {
      return Promise.resolve("absent");
    }
    const known = underWay.get(hash);
    if (known !== undefined) return known;
    const copy = fetchAttachment(hash, { folder, place, part, limit: mostBytes }).finally(() =>
      underWay.delete(hash),
    );
    underWay.set(hash, copy);
    return copy;
  }

  return {
    fetch,
    stateOf: (hash) => {
      if (isHere(hash)) return "here";
      return underWay.has(hash) ? "fetching" : "absent";
    },
  };
}
