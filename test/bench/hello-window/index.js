// The least app that shows a page in a window: what Guildhall's start is held against.
import path from "node:path";
import { app, BrowserWindow } from "electron";

app.setPath("userData", process.argv[process.argv.indexOf("--profile") + 1]);
app.on("window-all-closed", () => app.quit());
// Nothing is awaited here: Electron is not ready before this module has ended.
app.on("ready", () => {
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    webPreferences: { sandbox: true, contextIsolation: true },
  });
  void window.loadFile(path.join(import.meta.dirname, "index.html"));
});
