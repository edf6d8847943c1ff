/**
 * Makes the golden folders of this revision of the format, once, when it is released:
 * `node test/support/golden/generate.ts`. What is there already is never made again.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { nodeCryptography } from "#engine/identity/cryptography.ts";
import { recordIdSchema } from "#shared/domain/ids.ts";
import { formatRevision, formatVersion } from "#shared/format/limits.ts";
import { type BedDevice, comeIn, createPeopleBed, foundLibrary } from "../people-bed.ts";
import { brokenFolders } from "./broken-folders.ts";
import { type Golden, writeGolden } from "./golden-folder.ts";

const hour = 3_600_000;
const revision = `${formatVersion}.${formatRevision}`;

async function topic(device: BedDevice, name: string) {
  await device.store.write([{ id: device.store.newId(), type: "topic", fields: { name } }]);
}

function isOf(name: string, device: BedDevice): boolean {
  return name.includes(device.identity.device()?.id ?? "nobody");
}

await using bed = createPeopleBed(11);
const { ana, founded } = await foundLibrary(bed);
const [ben, eva] = [await bed.device(), await bed.device()];
await comeIn(bed, ana, ben, { name: "Ben" });
await comeIn(bed, ana, eva, { name: "Eva", role: "verifier" });
const topics: string[] = [];
for (let round = 1; round <= 3; round += 1) {
  for (const [name, device] of Object.entries({ Ana: ana, Ben: ben, Eva: eva })) {
    await topic(device, `${name} ${round} – naïve ✓`);
    topics.push(`${name} ${round} – naïve ✓`);
    await bed.meet(1);
  }
}
bed.advance(7 * hour);
await bed.meet(3);
await eva.compact();
await topic(ben, "Ben, after the pack");
topics.push("Ben, after the pack");
await bed.meet(3);
const { code } = await ana.people.invite({ role: "member", departments: [] });
await bed.meet(1);
// Somebody asks to come in, and nobody has answered yet.
const guest = await bed.device();
await guest.people.join({ selection: bed.folder, code, name: "Zoë" });

const files: Record<string, string> = {};
for (const name of readdirSync(bed.folder, { recursive: true, encoding: "utf8" })) {
  const file = path.join(bed.folder, name);
  if (statSync(file).isFile()) files[name] = readFileSync(file).toString("base64");
}
for (const text of ["An attachment.\n", "\u0089PNG of a kind"]) {
  const bytes = Buffer.from(text);
  const hash = createHash("sha256").update(bytes).digest("hex");
  files[`a/${hash.slice(0, 2)}/${hash}`] = bytes.toString("base64");
}
// Of one segment only the copy is left that a colleague passed on.
const own = Object.keys(files).find((name) => name.startsWith("s/") && isOf(name, eva)) ?? "";
files[own.replace(/^s/u, "r")] = files[own] ?? "";
delete files[own];
const good: Golden = {
  about:
    "A library of three people: loose segments, a pack, a relay, a bundle, heads, acknowledgements, attachments, and somebody who asks to join.",
  without: [],
  files,
  expect: {
    library: "ours",
    topics: topics.toSorted(),
    members: ["Ana", "Ben", "Eva"],
    aside: {},
    forked: 0,
  },
};
writeGolden(revision, "good", good);
const deps = {
  cryptography: nodeCryptography,
  ben,
  library: recordIdSchema.parse(founded.library),
};
for (const [name, broken] of brokenFolders(good, deps)) writeGolden(revision, name, broken);
