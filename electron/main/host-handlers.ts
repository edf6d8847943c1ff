/** What the main process does for the page: dialogs, the outside browser, the window, the engine's port. */
import { copyFile } from "node:fs/promises";
import path from "node:path";
import {
  type BrowserWindow,
  dialog,
  MessageChannelMain,
  type MessagePortMain,
  nativeTheme,
  shell,
} from "electron";
import { downloadName } from "#hosts/download-name.ts";
import type { hostContract } from "#shared/contract/host-bridge.ts";
import type { Selection } from "#shared/contract/selection.ts";
import type { Handlers } from "#shared/rpc/define.ts";
import { ExpectedFailure } from "#shared/rpc/wire.ts";
import type { EngineProcess } from "./engine-process.ts";
import { createExternalOpener } from "./security/external-urls.ts";

type HostOptions = {
  readonly window: () => BrowserWindow;
  readonly engine: EngineProcess<MessagePortMain>;
};

type Properties = NonNullable<Electron.OpenDialogOptions["properties"]>;

/** Builds the handler table of the host's contract. */
export function hostHandlers({ window, engine }: HostOptions): Handlers<typeof hostContract> {
  const openExternal = createExternalOpener({
    confirm: (site) => confirmSite(window(), site),
    open: (url) => shell.openExternal(url),
  });

  /** Folders that the person chose in a dialog: the page knows them by these names alone. */
  const chosen = new Map<string, string>();

  async function choose(properties: Properties): Promise<{ readonly selection: Selection | null }> {
    const { canceled, filePaths } = await dialog.showOpenDialog(window(), { properties });
    const [first] = filePaths;
    if (canceled || first === undefined) return { selection: null };
    const name = filePaths.length === 1 ? path.basename(first) : `${filePaths.length} files`;
    const control = await engine.control();
    const selection = await control.offerSelection({ paths: filePaths, name });
    chosen.set(selection.id, first);
    return { selection };
  }

  return {
    window: {
      connect: () => {
        const { port1, port2 } = new MessageChannelMain();
        engine.openWindow(port1);
        window().webContents.postMessage("guildhall:port", null, [port2]);
        return {};
      },
      setTheme: ({ theme }) => {
        nativeTheme.themeSource = theme;
        return {};
      },
      restartEngine: () => {
        engine.restart();
        return {};
      },
    },
    dialogs: {
      chooseFiles: () => choose(["openFile", "multiSelections"]),
      chooseFolder: () => choose(["openDirectory"]),
      chooseExportFolder: () => choose(["openDirectory", "createDirectory", "promptToCreate"]),
      saveDownload: async ({ id }) => saveDownload(id, { window, engine }),
    },
    shell: {
      openExternal: async ({ url }) => ({ opened: await openExternal(url) }),
      openHandbook: async ({ selection }) => {
        const folder = chosen.get(selection);
        if (folder === undefined) return { opened: false };
        const problem = await shell.openPath(path.join(folder, "index.html"));
        return { opened: problem === "" };
      },
    },
  };
}

async function saveDownload(
  id: string,
  { window, engine }: HostOptions,
): Promise<{ readonly saved: boolean }> {
  const { path: file } = await (await engine.control()).downloadPath({ id });
  if (file === null) {
    throw new ExpectedFailure(
      "not_found",
      "This file is no longer there; it is kept only until the app is closed. Make it again.",
    );
  }
  const { canceled, filePath } = await dialog.showSaveDialog(window(), {
    defaultPath: downloadName(file),
    filters: [{ name: "ZIP", extensions: ["zip"] }],
  });
  if (canceled || filePath === "") return { saved: false };
  await copyFile(file, filePath);
  return { saved: true };
}

/** The question does not stop anything else: the window and the engine go on meanwhile. */
async function confirmSite(window: BrowserWindow, site: string): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: "question",
    message: `Open ${site} in your browser?`,
    detail: "The link leads out of Guildhall. It is asked once for each site.",
    buttons: ["Open", "Cancel"],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  });
  return response === 0;
}
