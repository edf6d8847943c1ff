// Opens the app in the folder that is given as the first plain argument, as Electron itself does
// when it is started with a folder: the distributions used here come without that ability.
import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const folder = process.argv.slice(1).find((word) => path.isAbsolute(word));
if (folder === undefined) throw new Error("The test loader needs the folder of the app.");
const { main } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
await import(pathToFileURL(path.join(folder, main)).href);
