/** The exchange over the folder that is chosen now; another folder or library gets another exchange. */
import type { Databases } from "../db/database.ts";
import type { Exchange } from "./exchange/create-exchange.ts";
import type { Folder } from "./folder.ts";
import { isOnNetwork } from "./folder-kind.ts";
import { type LibraryRow, readFolderPath, readLibraryRow } from "./people/library-row.ts";

export type ChosenFolder = {
  /** Undefined while nothing is shared, or this device does not know where the folder is. */
  readonly exchange: () => Exchange | undefined;
  /** The folder itself, for what is no part of an exchange. */
  readonly folder: () => Folder | undefined;
  readonly onNetwork: () => boolean;
  /** From now on the folder's hints are passed on. */
  readonly watch: (changed: () => void) => void;
  /** What an exchange remembers of the folder's files counts for nothing any more. */
  readonly forget: () => void;
  readonly close: () => void;
};

type Dependencies = {
  readonly databases: Pick<Databases, "read" | "local">;
  readonly openFolder: (root: string) => Folder;
  readonly openExchange: (folder: Folder, library: LibraryRow) => Exchange;
};

type Opened = {
  readonly key: string;
  readonly folder: Folder;
  readonly exchange: Exchange;
};

/** Nothing is opened before it is asked for. */
export function createChosenFolder(deps: Dependencies): ChosenFolder {
  const { databases } = deps;
  let opened: Opened | undefined;
  let network = false;
  let changed: (() => void) | undefined;
  let watching: Disposable | undefined;

  function watchAgain(): void {
    watching?.[Symbol.dispose]();
    watching = changed === undefined ? undefined : opened?.folder.watch(changed);
  }

  async function askKind(root: string): Promise<void> {
    network = await isOnNetwork(root);
  }

  function current(): Opened | undefined {
    const library = readLibraryRow(databases.read);
    const root = readFolderPath(databases.local);
    const key = library === undefined || root === undefined ? undefined : `${library.id} ${root}`;
    if (key === opened?.key) return opened;
    opened = undefined;
    if (library !== undefined && root !== undefined && key !== undefined) {
      const folder = deps.openFolder(root);
      opened = { key, folder, exchange: deps.openExchange(folder, library) };
      void askKind(root);
    }
    watchAgain();
    return opened;
  }

  return {
    exchange: () => current()?.exchange,
    folder: () => current()?.folder,
    onNetwork: () => network,
    watch: (call) => {
      changed = call;
      if (current() !== undefined) watchAgain();
    },
    forget: () => {
      opened = undefined;
      watchAgain();
    },
    close: () => {
      changed = undefined;
      watchAgain();
    },
  };
}
