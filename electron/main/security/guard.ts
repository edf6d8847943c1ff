/** All the rules of this folder, put where none can be missed: on every page and on the session. */
import type { App, Session } from "electron";
import { guardBluetooth, guardCredentials, guardDevices } from "./devices.ts";
import { guardNavigation } from "./navigation.ts";
import { guardNetwork } from "./network.ts";
import { guardPermissions } from "./permissions.ts";
import { guardWebview } from "./webview.ts";
import { guardWindowOpen } from "./window-open.ts";

/** Guards every page that will ever be made. To be called before the app is ready. */
export function guardApp(app: App, onRefused: (kind: string) => void): void {
  app.on("web-contents-created", (_event, contents) => {
    guardNavigation(contents, onRefused);
    guardWindowOpen(contents, onRefused);
    guardWebview(contents, onRefused);
    guardBluetooth(contents);
  });
  guardCredentials(app);
}

/** Guards what pages share. To be called before the first window. */
export function guardSession(session: Session, options: { readonly developing: boolean }): void {
  guardPermissions(session);
  guardDevices(session);
  guardNetwork(session, options);
}
