/** The format's shape is pinned: nobody changes what lies in a shared folder without saying so. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { canonicalJson, type Json } from "#shared/domain/json.ts";
import { ackHeaderSchema, ackLineSchema } from "#shared/format/ack.ts";
import { bundleHeaderSchema } from "#shared/format/bundle.ts";
import { encodeText } from "#shared/format/bytes.ts";
import { magics } from "#shared/format/frame.ts";
import { headSchema } from "#shared/format/head.ts";
import { joinRequestSchema } from "#shared/format/join-request.ts";
import { librarySchema } from "#shared/format/library.ts";
import {
  formatRevision,
  formatVersion,
  incarnations,
  knownFeatures,
  limits,
} from "#shared/format/limits.ts";
import { folderNames, formatName, libraryName } from "#shared/format/names.ts";
import { joinLines, segmentCodec, segmentHeaderSchema } from "#shared/format/segment.ts";
import { digest, sampleBodies, sampleDevice, sealFrame } from "#test/support/format-samples.ts";
import { root } from "#test/support/source-files.ts";

const schemas = {
  segment: segmentHeaderSchema,
  head: headSchema,
  ack: ackHeaderSchema,
  ackLine: ackLineSchema,
  bundle: bundleHeaderSchema,
  join: joinRequestSchema,
  library: librarySchema,
};

function fingerprint(): string {
  const device = sampleDevice(1);
  const range = { incarnation: 3, first: 1, last: 64, hash: "0".repeat(16) };
  const shape = {
    schemas: Object.entries(schemas).map(([name, schema]) => [name, z.toJSONSchema(schema)]),
    constants: { formatVersion, formatRevision, incarnations, limits, magics, segmentCodec },
    features: [...knownFeatures].toSorted(),
    names: [
      folderNames,
      libraryName,
      formatName({ kind: "head", device: device.id, n: 2, hash: range.hash }),
      formatName({ kind: "loose", device: device.id, ...range }),
      formatName({ kind: "bundle", device: device.id, day: "20260105", hash: range.hash }),
      formatName({ kind: "attachment", sha256: "0".repeat(64) }),
      formatName({ kind: "join", random: "0".repeat(16) }),
    ],
    // What a seed makes shows changes that no schema names: the order of bytes, what is signed.
    frame: digest(sealFrame(device, "segment", { header: { b: 1, a: [] } })),
    lines: digest(encodeText(joinLines(sampleBodies(device, 2)))),
  };
  const plain: Json = JSON.parse(JSON.stringify(shape));
  return createHash("sha256").update(canonicalJson(plain)).digest("hex").slice(0, 32);
}

test("the newest entry of the format's history is of this revision and has its fingerprint", () => {
  const history = readFileSync(path.join(root, "shared/format/HISTORY.md"), "utf8");
  const entries = [
    ...history.matchAll(/^## (?<revision>\d+\.\d+)\n\nFingerprint: `(?<print>[^`]*)`$/gmu),
  ].map(({ groups }) => ({ revision: groups?.revision, print: groups?.print }));
  // A changed shape needs a higher formatRevision in limits.ts and an entry above the others.
  expect(entries[0]).toEqual({
    revision: `${formatVersion}.${formatRevision}`,
    print: fingerprint(),
  });
  const headings = [...history.matchAll(/^## /gmu)].length;
  expect(entries).toHaveLength(headings);
  expect(entries.map(({ revision }) => Number(revision?.split(".")[1]))).toEqual(
    entries.map((_, index) => entries.length - index),
  );
  expect(new Set(entries.map(({ print }) => print)).size).toBe(entries.length);
});
