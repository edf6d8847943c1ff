/**
 * Brings attachments from the shared folder, each once at a time: when somebody opens them, and by
 * itself those that somebody pinned.
 */
import type { Database } from "better-sqlite3";
import { sha256Schema } from "#shared/domain/ids.ts";
import { mostBytes } from "../attachments/attachment-files.ts";
import { statement } from "../db/statement.ts";
import { elapsed } from "./exchange/elapsed.ts";
import { type AttachmentFetch, fetchAttachment } from "./exchange/attachment-in.ts";
import type { Folder } from "./folder.ts";
import type { Pace } from "./pace.ts";

export type AttachmentFetcher = {
  /** Fetches it unless it is here; joins a copy that is under way. */
  readonly fetch: (hash: string) => Promise<AttachmentFetch>;
  readonly stateOf: (hash: string) => "here" | "absent" | "fetching";
  readonly pin: (hash: string, pinned: boolean) => void;
  readonly isPinned: (hash: string) => boolean;
  /** Tries what is pinned and not here, when it is time; answers what came. */
  readonly fetchPinned: () => Promise<readonly string[]>;
};

type Dependencies = {
  readonly place: string;
  readonly pace: Pick<Pace, "attachmentPart" | "pinned">;
  readonly local: Database;
  readonly now: () => number;
  /** Undefined while no folder is chosen. */
  readonly folder: () => Folder | undefined;
  readonly isHere: (hash: string) => boolean;
};

const pins = statement<[], { readonly hash: string }>(
  "SELECT hash FROM attachment_pin ORDER BY at",
);
const pinOf = statement<[hash: string], { readonly at: number }>(
  "SELECT at FROM attachment_pin WHERE hash = ?",
);
const putPin = statement<[hash: string, at: number]>(
  "INSERT OR IGNORE INTO attachment_pin (hash, at) VALUES (?, ?)",
);
const dropPin = statement<[hash: string]>("DELETE FROM attachment_pin WHERE hash = ?");

/** Builds it over the profile's attachments. */
export function attachmentFetcher(deps: Dependencies): AttachmentFetcher {
  const { place, pace, local, now, isHere } = deps;
  const underWay = new Map<string, Promise<AttachmentFetch>>();
  let tried: number | undefined;
  let last: string | undefined;

  function fetch(hash: string): Promise<AttachmentFetch> {
    if (isHere(hash)) return Promise.resolve("here");
    const folder = deps.folder();
    if (folder === undefined || !sha256Schema.safeParse(hash).success) {
      return Promise.resolve("absent");
    }
    const known = underWay.get(hash);
    if (known !== undefined) return known;
    const from = { folder, place, part: pace.attachmentPart, limit: mostBytes };
    const copy = fetchAttachment(hash, from).finally(() => underWay.delete(hash));
    underWay.set(hash, copy);
    return copy;
  }

  /** One after the other and not for long: the rest has its turn after a later look. */
  async function fetchPinned(): Promise<readonly string[]> {
    const began = now();
    if (tried !== undefined && elapsed(tried, began) < pace.pinned.every) return [];
    const came: string[] = [];
    for (const hash of wanted()) {
      if (elapsed(began, now()) >= pace.pinned.most) return came;
      last = hash;
      if ((await fetch(hash)) === "here") came.push(hash);
    }
    tried = began;
    return came;
  }

  /** Beginning behind the one that was tried last. */
  function wanted(): readonly string[] {
    const hashes = pins(local)
      .all()
      .flatMap(({ hash }) => (isHere(hash) ? [] : [hash]));
    const next = last === undefined ? 0 : hashes.indexOf(last) + 1;
    return [...hashes.slice(next), ...hashes.slice(0, next)];
  }

  return {
    fetch,
    stateOf: (hash) => {
      if (isHere(hash)) return "here";
      return underWay.has(hash) ? "fetching" : "absent";
    },
    pin: (hash, pinned) => {
      if (pinned) putPin(local).run(hash, now());
      else dropPin(local).run(hash);
    },
    isPinned: (hash) => pinOf(local).get(hash) !== undefined,
    fetchPinned,
  };
}
