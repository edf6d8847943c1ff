/** Every folder that a released version of the format left is still read as it was meant. */
import { readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { formatRevision, formatVersion } from "#shared/format/limits.ts";
import { parseName } from "#shared/format/names.ts";
import { filesOf, readGolden } from "#test/support/golden/golden-folder.ts";
import { libraryOf, openGolden } from "#test/support/golden/open-golden.ts";
import { root } from "#test/support/source-files.ts";
import { idleControl } from "#test/support/idle-control.ts";
import { problemsOf } from "#test/support/test-peer.ts";

const revisions = readdirSync(path.join(root, "test/support/golden")).filter((name) =>
  /^\d+\.\d+$/u.test(name),
);

test("this revision of the format has golden folders", () => {
  expect(revisions).toContain(`${formatVersion}.${formatRevision}`);
});

for (const revision of revisions) {
  describe(`the golden folders of ${revision}`, () => {
    const all = readGolden(revision);
    const good = filesOf(all.get("good")!, all);

    test("hold every kind of file, under names that say what they are", () => {
      const kinds = [...good.keys()].map((name) => parseName(name)?.kind);
      const wanted = ["library", "head", "ack", "loose", "pack", "relay", "bundle", "attachment"];
      expect(new Set(kinds)).toEqual(new Set([...wanted, "join"]));
    });

    test.each([...all].map(([name, golden]) => [name, golden.about, golden] as const))(
      "%s: %s",
      async (_name, _about, golden) => {
        await using found = await openGolden(filesOf(golden, all), libraryOf(good));
        expect(found.expect).toEqual(golden.expect);
        expect(problemsOf(found.peer)).toEqual([]);
        const { read } = found.peer.foundation.databases;
        expect(await found.peer.projections.compare(read, idleControl)).toEqual([]);
      },
    );
  });
}
