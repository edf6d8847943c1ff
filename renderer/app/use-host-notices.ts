/** Follows the desktop window's menu and deep links: they arrive as notices from its own process. */
import { useEffect } from "react";
import type { HostNotice } from "#shared/contract/host-bridge.ts";
import { parseRoute } from "#shared/navigation/route.ts";
import { runCommand } from "#renderer/platform/commands.ts";
import { navigate } from "#renderer/platform/navigation.tsx";

const commands = {
  switcher: "switcher.open",
  shortcuts: "help.shortcuts",
  back: "go.back",
  forward: "go.forward",
  find: "search.focus",
} as const;

/** Listens while the frame is shown; in a browser tab there is nothing to hear. */
export function useHostNotices(): void {
  useEffect(() => window.guildhall?.onNotice(follow), []);
}

function follow(notice: HostNotice): void {
  if (notice.kind === "command") runCommand(commands[notice.command]);
  if (notice.kind !== "navigate") return;
  const route = parseRoute(notice.path);
  if (route !== null) navigate(route);
}
