/**
 * Electron's main process, in the order in which it has to happen: sandbox, schemes, profile, single
 * instance, rules for every page, engine, window. It holds no product logic and no data. What takes
 * long to load is loaded while the engine's and the window's processes come up.
 */
// oxlint-disable-next-line import/no-unassigned-import -- It has to run before zod is loaded.
import "./zod-settings.ts";
import path from "node:path";
import { app, crashReporter, protocol, safeStorage } from "electron";
import { defaultProfile } from "#hosts/profile-folder.ts";
import { readArguments } from "./arguments.ts";
import { hasGraphicsDevice } from "./graphics.ts";
import { schemes } from "./security/protocols.ts";
import { startApp } from "./start-app.ts";

// Before any page exists: every renderer is sandboxed, whatever a window's options say. Only root,
// for whom Chromium has no sandbox and does not start with one, can switch it off by hand.
if (!(process.getuid?.() === 0 && app.commandLine.hasSwitch("no-sandbox"))) app.enableSandbox();
protocol.registerSchemesAsPrivileged([...schemes]);
app.setName("Guildhall");
// Chromium would look for updates of its parts; this app is offline.
app.commandLine.appendSwitch("disable-background-networking");
app.commandLine.appendSwitch("disable-component-update");
if (!hasGraphicsDevice(process.platform)) app.disableHardwareAcceleration();

const wanted = readArguments(process.argv.slice(1), {
  packaged: app.isPackaged,
  folder: process.cwd(),
});
const profile = wanted.profile ?? defaultProfile();
// Chromium's own files lie in the profile, so that two profiles are two apps.
app.setPath("userData", path.join(profile, "window"));
crashReporter.start({ uploadToServer: false });

if (wanted.command !== null) commandLine(wanted.command);
else if (app.requestSingleInstanceLock()) startApp({ profile, link: wanted.link });
else app.quit();

/** The packaged app as a command: no window, no icon in the dock, the command's exit code. */
function commandLine(words: readonly string[]): void {
  app.dock?.hide();
  const run = async () => {
    const { runCommand } = await import("./run-command.ts");
    const { lendServices } = await import("./lent-services.ts");
    app.exit(await runCommand({ words, ...lendServices(safeStorage) }));
  };
  app.on("ready", () => void run());
}
