/** Folders as a released version of the format left them, kept as they were: `<revision>/<name>.json`. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";

const place = fileURLToPath(new URL(".", import.meta.url));

const goldenSchema = z.object({
  /** One sentence: what is in it, or what happened to it. */
  about: z.string(),
  /** The folder of the same revision that it was made of. */
  base: z.string().optional(),
  /** Files of the base that are not in this one. */
  without: z.array(z.string()),
  /** Files that are in it beside those of the base, or in their place: base64 by path. */
  files: z.record(z.string(), z.base64()),
  expect: z.object({
    library: z.enum(["ours", "other", "truncated", "missing"]),
    /** The names of all topics that a newcomer finds. */
    topics: z.array(z.string()),
    members: z.array(z.string()),
    /** What is set aside or held, with its reason; nothing else is. */
    aside: z.record(z.string(), z.string()),
    /** Devices of which two copies wrote. */
    forked: z.number(),
  }),
});
export type Golden = z.infer<typeof goldenSchema>;

/** The golden folders of a revision, by name. */
export function readGolden(revision: string): ReadonlyMap<string, Golden> {
  const folder = path.join(place, revision);
  const names = readdirSync(folder).filter((name) => name.endsWith(".json"));
  return new Map(
    names.map((name) => {
      const json: unknown = JSON.parse(readFileSync(path.join(folder, name), "utf8"));
      return [name.replace(".json", ""), goldenSchema.parse(json)];
    }),
  );
}

/** The files of a golden folder, its base's included. */
export function filesOf(
  golden: Golden,
  all: ReadonlyMap<string, Golden>,
): ReadonlyMap<string, Uint8Array> {
  const base = golden.base === undefined ? undefined : all.get(golden.base);
  const files = new Map(base === undefined ? [] : filesOf(base, all));
  for (const path of golden.without) files.delete(path);
  for (const [path, bytes] of Object.entries(golden.files)) {
    files.set(path, new Uint8Array(Buffer.from(bytes, "base64")));
  }
  return files;
}

/** Keeps a golden folder; one that is there already stays as it is. */
export function writeGolden(revision: string, name: string, golden: Golden): void {
  const folder = path.join(place, revision);
  mkdirSync(folder, { recursive: true });
  const text = `${JSON.stringify(goldenSchema.parse(golden), null, 2)}\n`;
  writeFileSync(path.join(folder, `${name}.json`), text, { flag: "wx" });
}
