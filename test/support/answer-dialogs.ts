/** The system's dialogs, whose answer is all that a test of a window makes up. */
import type { LaunchedElectron } from "./launch-electron.ts";

/** Whatever folder is asked for is this one. */
export async function answerDialogs(app: LaunchedElectron, chosen: string): Promise<void> {
  await app.app.evaluate(({ dialog }, filePath) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [filePath] });
  }, chosen);
}
