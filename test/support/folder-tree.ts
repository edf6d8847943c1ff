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

type Named = { readonly name: string; readonly kind: FolderEntry["kind"] };

/** What lies in a folder, by its name as the disk tells names apart. */
type Children = Map<string, Named>;

type Filed = { readonly path: string; readonly copies: readonly Copy[] };

/**
 * An empty folder. One that is `insensitive` is on a disk as Windows and macOS have them: names that
 * differ only in their capitals are one name, and the first spelling stays.
 */
export function createFolderTree(insensitive = false): FolderTree {
  return treeOf(insensitive ? (path) => path.toLowerCase() : (path) => path, new Map(), new Map());
}

function treeOf(
  keyOf: (path: string) => string,
  files: ReadonlyMap<string, Filed>,
  folders: ReadonlyMap<string, Children>,
): FolderTree {
  const filed = new Map(files);
  const children = new Map([...folders].map(([path, names]) => [path, new Map(names)]));
  if (!children.has("")) children.set("", new Map());

  function makeFolder(path: string): void {
    if (children.has(keyOf(path))) return;
    children.set(keyOf(path), new Map());
    makeFolder(parentOf(path));
    put(path, "folder");
  }

  function put(path: string, kind: FolderEntry["kind"]): void {
    const name = nameOf(path);
    const names = children.get(keyOf(parentOf(path)));
    if (names?.has(keyOf(name)) === false) names.set(keyOf(name), { name, kind });
  }

  return {
    paths: () => [...filed.values()].map(({ path }) => path).toSorted(),
    get: (path) => filed.get(keyOf(path))?.copies ?? [],
    set: (path, copies) => {
      if (copies.length > 0) {
        makeFolder(parentOf(path));
        filed.set(keyOf(path), { path: filed.get(keyOf(path))?.path ?? path, copies });
        put(path, "file");
      } else if (filed.delete(keyOf(path))) {
        children.get(keyOf(parentOf(path)))?.delete(keyOf(nameOf(path)));
      }
    },
    hasFolder: (path) => children.has(keyOf(path)),
    makeFolder,
    list: (path) => {
      const names = children.get(keyOf(path));
      return names && [...names.values()].flatMap((named) => entriesOf(path, named));
    },
    clone: () => treeOf(keyOf, filed, children),
  };

  function entriesOf(path: string, { name, kind }: Named) {
    const entry: FolderEntry = { name, kind, size: null, modified: null };
    const times = kind === "folder" ? 1 : (filed.get(keyOf(join(path, name)))?.copies.length ?? 0);
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
