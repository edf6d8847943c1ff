/** Where a profile lies unless somebody says otherwise: one answer for every host. */
import { homedir } from "node:os";
import path from "node:path";

type Surroundings = {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
};

/** The platform's folder for application data. Absolute; it need not exist yet. */
export function defaultProfile(
  surroundings: Surroundings = {
    platform: process.platform,
    home: homedir(),
    environment: process.env,
  },
): string {
  const { platform, home, environment } = surroundings;
  if (platform === "win32") {
    const roaming = environment.APPDATA ?? path.win32.join(home, "AppData", "Roaming");
    return path.win32.join(roaming, "Guildhall");
  }
  if (platform === "darwin") {
    return path.posix.join(home, "Library", "Application Support", "Guildhall");
  }
  // The XDG rules: a relative value is not valid and is ignored.
  const xdg = environment.XDG_DATA_HOME;
  const base = xdg?.startsWith("/") ? xdg : path.posix.join(home, ".local", "share");
  return path.posix.join(base, "guildhall");
}
