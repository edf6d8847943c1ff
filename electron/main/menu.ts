/** The application menu: the platform's own items, and ours, which lead to places or say a command. */
import type { MenuItemConstructorOptions } from "electron";
import type { HostNotice } from "#shared/contract/host-bridge.ts";
import type { Route } from "#shared/navigation/route.ts";
import { placeOf } from "./places.ts";

type Item = MenuItemConstructorOptions;
type Tell = (notice: HostNotice) => void;

/** Builds it; `tell` brings a choice to the page. */
export function menuTemplate(platform: NodeJS.Platform, tell: Tell): Item[] {
  const place = (label: string, route: Route, accelerator?: string): Item => ({
    label,
    ...keys(accelerator),
    click: () => {
      void placeOf(route).then((path) => tell({ kind: "navigate", path }));
    },
  });
  const command = (
    label: string,
    name: Extract<HostNotice, { kind: "command" }>["command"],
    accelerator?: string,
  ): Item => ({
    label,
    ...keys(accelerator),
    click: () => {
      tell({ kind: "command", command: name });
    },
  });
  const settings = place("Settings…", { screen: "settings" }, "CmdOrCtrl+,");
  const mac = platform === "darwin";
  const separator: Item = { type: "separator" };
  return [
    ...(mac ? [applicationMenu(settings)] : []),
    {
      label: "&File",
      submenu: [
        place("New playbook", { screen: "new", type: "playbook" }),
        place("New lesson", { screen: "new", type: "lesson" }),
        separator,
        place("Import…", { screen: "import" }),
        place("Export…", { screen: "export" }),
        ...(mac ? [] : [separator, settings, separator, { role: "quit" } as const]),
      ],
    },
    { role: "editMenu" },
    {
      label: "&Go",
      submenu: [
        command("Go to…", "switcher", "CmdOrCtrl+P"),
        command("Find", "find", "CmdOrCtrl+Shift+F"),
        separator,
        command("Back", "back", mac ? "Cmd+[" : "Alt+Left"),
        command("Forward", "forward", mac ? "Cmd+]" : "Alt+Right"),
        place("Home", { screen: "home" }),
        place("Drafts", { screen: "drafts" }),
        place("Trash", { screen: "trash" }),
      ],
    },
    {
      label: "&View",
      submenu: [
        { role: "zoomIn" },
        { role: "zoomOut" },
        { role: "resetZoom" },
        separator,
        { role: "togglefullscreen" },
        { role: "reload" },
      ],
    },
    { role: "windowMenu" },
    { role: "help", submenu: [command("Keyboard shortcuts", "shortcuts")] },
  ];
}

function applicationMenu(settings: Item): Item {
  return {
    role: "appMenu",
    submenu: [
      { role: "about" },
      { type: "separator" },
      settings,
      { type: "separator" },
      { role: "services" },
      { type: "separator" },
      { role: "hide" },
      { role: "hideOthers" },
      { role: "unhide" },
      { type: "separator" },
      { role: "quit" },
    ],
  };
}

/** The page handles the keys itself, since people may change them; the menu only shows them. */
function keys(accelerator: string | undefined): Item {
  return accelerator === undefined ? {} : { accelerator, registerAccelerator: false };
}
