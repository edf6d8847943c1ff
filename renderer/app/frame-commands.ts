/** The commands that hold on every screen. */
import { recordTypeNames } from "#shared/domain/record-type-name.ts";
import { recordTypes } from "#shared/domain/record-types.ts";
import type { Route } from "#shared/navigation/route.ts";
import type { Settings } from "#shared/contract/workspace.ts";
import { client, queryClient } from "#renderer/platform/api.ts";
import { type Command, useCommands } from "#renderer/platform/commands.ts";
import { host } from "#renderer/platform/host.ts";
import { navigate } from "#renderer/platform/navigation.tsx";
import { undoLast } from "#renderer/platform/undo.ts";
import { showFailure } from "#renderer/ui/toast.tsx";

/** What floats over the frame. */
export type Overlay =
  | { readonly kind: "none" }
  | { readonly kind: "switcher"; readonly text: string }
  | { readonly kind: "shortcuts" };

const mac = host.platform === "mac";
const makerKeys: ReadonlyMap<string, string> = new Map([
  ["playbook", "C P"],
  ["lesson", "C L"],
  ["request", "C R"],
]);

const places: readonly Command[] = [
  place("home", "Home", { screen: "home" }, "G H"),
  place("playbooks", "Playbooks", { screen: "list", type: "playbook" }, "G P"),
  place("lessons", "Lessons", { screen: "list", type: "lesson" }, "G L"),
  place("requests", "Requests", { screen: "list", type: "request" }, "G R"),
  place("people", "People", { screen: "list", type: "person" }, "G E"),
  place("departments", "Departments", { screen: "list", type: "department" }),
  place("topics", "Topics", { screen: "list", type: "topic" }),
  place("tools", "Tools", { screen: "list", type: "tool" }),
  place("drafts", "Drafts", { screen: "drafts" }, "G D"),
  place("import", "Import", { screen: "import" }, "G I"),
  place("export", "Export", { screen: "export" }),
  place("publish", "Publish a handbook", { screen: "publish" }, "G B"),
  place("trash", "Trash", { screen: "trash" }, "G T"),
  place("sharing", "Sharing", { screen: "share" }, "G S"),
  place("members", "People and roles", { screen: "members" }),
  place("folder", "Folder health", { screen: "folder" }),
  place("conflicts", "Conflicts", { screen: "conflicts" }),
  place("settings", "Settings", { screen: "settings" }, "Mod+,"),
];

const makers: readonly Command[] = recordTypeNames.map((type) =>
  withKeys(
    {
      id: `new.${type}`,
      title: `New ${recordTypes[type].label.toLowerCase()}`,
      group: "Write",
      run: () => navigate({ screen: "new", type }),
    },
    makerKeys.get(type),
  ),
);

const windowCommands: readonly Command[] = [
  {
    id: "go.back",
    title: "Back",
    group: "Go to",
    keys: mac ? "Mod+[" : "Alt+ArrowLeft",
    notInFields: true,
    run: () => window.history.back(),
  },
  {
    id: "go.forward",
    title: "Forward",
    group: "Go to",
    keys: mac ? "Mod+]" : "Alt+ArrowRight",
    notInFields: true,
    run: () => window.history.forward(),
  },
  {
    id: "edit.undo",
    title: "Undo the last change to records",
    group: "Write",
    keys: "Mod+Z",
    notInFields: true,
    run: () => void undoLast(),
  },
  {
    id: "view.theme",
    title: "Switch between light and dark",
    group: "Window",
    keys: "Mod+Shift+L",
    run: switchTheme,
  },
  { id: "view.larger", title: "Larger text", group: "Window", run: () => void scaleText(10) },
  { id: "view.smaller", title: "Smaller text", group: "Window", run: () => void scaleText(-10) },
];

/** Registers them while the frame is shown. */
export function useFrameCommands(show: (overlay: Overlay) => void): void {
  const openSwitcher = (text: string) => () => show({ kind: "switcher", text });
  useCommands([
    ...places,
    ...makers,
    ...windowCommands,
    {
      id: "switcher.open",
      title: "Quick switcher",
      group: "Go to",
      keys: "Mod+K",
      keysOnly: true,
      run: openSwitcher(""),
    },
    {
      id: "switcher.anywhere",
      title: "Quick switcher, also while writing",
      group: "Go to",
      keys: "Mod+P",
      keysOnly: true,
      run: openSwitcher(""),
    },
    {
      id: "switcher.commands",
      title: "Find a command",
      group: "Go to",
      keys: "Mod+Shift+P",
      keysOnly: true,
      run: openSwitcher(">"),
    },
    {
      id: "help.shortcuts",
      title: "Keyboard shortcuts",
      group: "Window",
      keys: "?",
      run: () => show({ kind: "shortcuts" }),
    },
  ]);
}

function place(id: string, title: string, ...[to, keys]: [to: Route, keys?: string]): Command {
  return withKeys({ id: `go.${id}`, title, group: "Go to", run: () => navigate(to) }, keys);
}

function withKeys(command: Command, keys: string | undefined): Command {
  return keys === undefined ? command : { ...command, keys };
}

function switchTheme(): void {
  const dark =
    document.documentElement.dataset.theme === "dark" ||
    (document.documentElement.dataset.theme !== "light" &&
      window.matchMedia("(prefers-color-scheme: dark)").matches);
  void change({ theme: dark ? "light" : "dark" });
}

async function scaleText(step: number): Promise<void> {
  const { textSize } = await client.workspace.settings({});
  await change({ textSize: Math.min(200, Math.max(80, textSize + step)) });
}

async function change(settings: Partial<Settings>): Promise<void> {
  try {
    const changed = await client.workspace.changeSettings(settings);
    queryClient.setQueryData(["workspace", "settings", {}], changed);
  } catch (error) {
    showFailure(error);
  }
}
