/** A folder's content in memory, as one device sees it. A name may stand there twice. */
import type { FolderEntry } from "#engine/sync/folder.ts";

/** One file under a name. */
export type Copy = {
  readonly bytes: Uint8Array;
  readonly modified: number;
  /** Which write it came from; a later one has a greater number. */
  readonly serial: number;
  /** Before this time its name is there and its content is not. */
  readonly hereFrom: number;
};

export type FolderTree = {
  readonly paths: () => readonly string[];
  readonly get: (path: string) => readonly Copy[];
  /** Puts the copies under the name, and makes the folders above it; no copies: nothing is there. */
  readonly set: (path: string, copies: readonly Copy[]) => void;
  readonly hasFolder: (path: string) => boolean;
  readonly makeFolder: (path: string) => void;
  /** Undefined when there is no such folder. */
  readonly list: (path: string) => readonly FolderEntry[] | undefined;
  readonly clone: () => FolderTree;
};

type Children = Map<string, FolderEntry["kind"]>;

/** An empty folder, or one with the content of another. */
export function createFolderTree(
  files: ReadonlyMap<string, readonly Copy[]> = new Map(),
  folders: ReadonlyMap<string, Children> = new Map(),
): FolderTree {
  const copies = new Map(files);
  const children = new Map([...folders].map(([path, names]) => [path, new Map(names)]));
  if (!children.has("")) children.set("", new Map());

  function makeFolder(path: string): void {
    if (children.has(path)) return;
    children.set(path, new Map());
    makeFolder(parentOf(path));
    children.get(parentOf(path))?.set(nameOf(path), "folder");
  }

  return {
    paths: () => [...copies.keys()].toSorted(),
    get: (path) => copies.get(path) ?? [],
    set: (path, list) => {
      if (list.length > 0) {
        makeFolder(parentOf(path));
        copies.set(path, list);
        children.get(parentOf(path))?.set(nameOf(path), "file");
      } else if (copies.delete(path)) {
        children.get(parentOf(path))?.delete(nameOf(path));
      }
    },
    hasFolder: (path) => children.has(path),
    makeFolder,
    list: (path) => {
      const names = children.get(path);
      return names && [...names].flatMap(([name, kind]) => entriesOf(path, name, kind));
    },
    clone: () => createFolderTree(copies, children),
  };

  function entriesOf(path: string, name: string, kind: FolderEntry["kind"]) {
    const entry: FolderEntry = { name, kind, size: null, modified: null };
    const times = kind === "folder" ? 1 : (copies.get(join(path, name))?.length ?? 0);
    return Array.from({ length: times }, () => entry);
  }
}

/** The folder that a path lies in. */
export function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

/** The last part of a path. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The path of a name in a folder. */
export function join(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}
