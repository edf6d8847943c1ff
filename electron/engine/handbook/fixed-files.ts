/** The files of a handbook that are the same whatever its pages say. */
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

export type FixedFiles = readonly (readonly [place: string, bytes: Uint8Array])[];

/** What pages load, each joined from files of the product: a page asks for as few as can be. */
const assets: Readonly<Record<string, readonly string[]>> = {
  "handbook.css": "tokens base frame page text parts lists paper"
    .split(" ")
    .map((name) => `styles/${name}.css`),
  "handbook.js": ["scripts/page.js", "scripts/find.js"],
  "search.js": ["scripts/words.js", "scripts/search.js"],
  "lunr.min.js": ["scripts/lunr.min.js"],
  "icon.svg": ["icon.svg"],
};

/** Styles, scripts and fonts, from the folder that the product keeps them in. */
export async function readFixed(folder: string): Promise<FixedFiles> {
  const read = (name: string) => readFile(path.join(folder, name));
  const fonts = (await readdir(path.join(folder, "fonts"))).toSorted();
  const files = {
    ...assets,
    ...Object.fromEntries(fonts.map((name) => [`fonts/${name}`, [`fonts/${name}`]])),
  };
  const joined = Object.entries(files).map(async ([name, from]) => {
    const bytes = await Promise.all(from.map((one) => read(one)));
    return [`assets/${name}`, Buffer.concat(bytes)] as const;
  });
  return Promise.all(joined);
}
