/** What the page may ask the operating system for. Everything that is not in the table is refused. */
import type { Session } from "electron";
import { isAppAddress } from "./app-address.ts";

/** Each line says why. */
export const allowedPermissions: ReadonlyMap<string, string> = new Map([
  ["clipboard-sanitized-write", "copy buttons write prompts and links to the clipboard"],
  ["notifications", "a finished import is announced while the window is behind others"],
  ["fullscreen", "a playbook can be read on the whole screen"],
]);

/** Whether the page at the address gets the permission. */
export function isAllowedPermission(permission: string, address: string): boolean {
  return allowedPermissions.has(permission) && isAppAddress(address);
}

/** Answers requests and silent checks alike, and refuses devices of every kind. */
export function guardPermissions(session: Session): void {
  session.setPermissionRequestHandler((...[, permission, answer, details]) => {
    answer(isAllowedPermission(permission, details.requestingUrl));
  });
  session.setPermissionCheckHandler((_contents, permission, origin) =>
    isAllowedPermission(permission, origin),
  );
  session.setDevicePermissionHandler(() => false);
  session.setUSBProtectedClassesHandler(({ protectedClasses }) => [...protectedClasses]);
  session.setDisplayMediaRequestHandler((_request, answer) => {
    answer({});
  });
}
