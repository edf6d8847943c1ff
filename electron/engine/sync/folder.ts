/**
 * The shared folder as sync sees it: eight calls, and nothing that a plain folder on a file server
 * or under a sync client cannot do. Paths are relative, with `/`, and only ever made by
 * `shared/format/names.ts`. Every call may be slow, may fail, and may lie: a listing can be stale, a
 * file can be there by name and not by content. Whoever calls verifies what was read.
 */

/** `size` and `modified` (milliseconds since 1970) are null where a listing does not tell them for free. */
export type FolderEntry = {
  readonly name: string;
  readonly kind: "file" | "folder";
  readonly size: number | null;
  readonly modified: number | null;
};

export type FolderFile = { readonly size: number; readonly modified: number };

export type Folder = {
  /** The names in a folder, in no order. No file is opened or asked for its size. Fails with `missing`. */
  readonly list: (path: string) => Promise<readonly FolderEntry[]>;
  /** Fails with `missing`. */
  readonly stat: (path: string) => Promise<FolderFile>;
  /** At most `length` bytes from `at` on; the whole file without them. Fewer when the file ends. */
  readonly read: (
    path: string,
    part?: { readonly at: number; readonly length: number },
  ) => Promise<Uint8Array>;
  /** Makes a file that must not exist yet (`exists`) and flushes it to the disk. */
  readonly write: (path: string, bytes: Uint8Array) => Promise<void>;
  /** Puts a file under another name, over whatever has that name. */
  readonly rename: (from: string, to: string) => Promise<void>;
  /** Removes a file; one that is gone already is no failure. */
  readonly remove: (path: string) => Promise<void>;
  /** Makes a folder and those above it; one that is there already is no failure. */
  readonly makeFolder: (path: string) => Promise<void>;
  /** Hints that something changed. It may never call, and may call for nothing. */
  readonly watch: (changed: () => void) => Disposable;
};

/**
 * Why a call failed, in terms that decide what to do: `missing` and `exists` are answers;
 * `busy` and `not_here` (a placeholder whose content cannot be fetched now, a call that took too
 * long) pass by themselves; `full`, `denied`, `read_only` and `unavailable` (the folder itself is
 * gone) are shown to the person.
 */
export type FolderFault =
  | "missing"
  | "exists"
  | "busy"
  | "not_here"
  | "full"
  | "denied"
  | "read_only"
  | "unavailable"
  | "broken";

/** Thrown by every call of a folder; nothing else is. */
export class FolderError extends Error {
  readonly fault: FolderFault;
  constructor(fault: FolderFault, path: string, cause?: unknown) {
    super(`The shared folder refused ${path}: ${fault}.`, { cause });
    this.name = "FolderError";
    this.fault = fault;
  }
}
