// Opens the app in the folder that is given as a plain argument, and loads what `-r` names before
// it, as Electron itself does: the distributions used here come without that ability.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

const words = process.argv.slice(1);
const required = words.find((_, index) => words[index - 1] === "-r");
const folder = words.find((word) => path.isAbsolute(word) && word !== required);
if (folder === undefined) throw new Error("The test loader needs the folder of the app.");
if (required !== undefined) createRequire(import.meta.url)(required);
const { main } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
await import(pathToFileURL(path.join(folder, main)).href);
