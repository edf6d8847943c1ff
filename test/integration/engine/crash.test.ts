/**
 * An engine is killed again and again in the middle of imports, edits and drafts. Whatever it had
 * answered by then must be there, and everything must still fit together. The environment variable
 * GUILDHALL_KILLS=100 takes the time for a hundred kills.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import type { CheckReport } from "#shared/contract/health.ts";
import { startProcess } from "#test/support/child-process.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { testClock } from "#test/support/test-clock.ts";
import { createTestEngine } from "#test/support/test-engine.ts";
import type { Believed } from "#test/support/write-until-killed.ts";

const kills = Number(process.env.GUILDHALL_KILLS ?? 12);
const seed = 20_261_122;

const pageCount = 60;

/** Pages that link to one another, each with an image of its own; every round has other words. */
function writePages(folder: string, round: number): void {
  mkdirSync(path.join(folder, "images"), { recursive: true });
  const pixel = Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
    "base64",
  );
  for (let page = 0; page < pageCount; page += 1) {
    writeFileSync(
      path.join(folder, "images", `${page}.png`),
      Buffer.concat([pixel, Buffer.from([page])]),
    );
    writeFileSync(
      path.join(folder, `page-${page}.md`),
      `---\ntags: [a${page % 5}]\n---\n\n# Page ${page}\n\nRound ${round}. ${"Text. ".repeat(page % 60)}\n\n[next](page-${page + 1}.md) ![image](images/${page}.png)\n`,
    );
  }
}

function roundOf(body: string | undefined): number {
  return Number(/^# Round (\d+)$/mu.exec(body ?? "")?.[1] ?? -1);
}

/** The last line may be cut off by the kill. */
function parse(line: string): Believed | undefined {
  try {
    return JSON.parse(line) as Believed;
  } catch {
    return undefined;
  }
}

test(
  `nothing that was answered is lost in ${kills} kills, and every check is clean`,
  { timeout: 900_000 },
  async () => {
    using profile = temporaryFolder();
    using pages = temporaryFolder();
    await (await createTestEngine({ profile: profile.path }))[Symbol.asyncDispose]();
    const dice = testClock(seed);
    let duringImport = 0;
    for (let kill = 0; kill < kills; kill += 1) {
      // Otherwise only the first import would have something to write.
      writePages(pages.path, kill);
      const writer = startProcess("write-until-killed.ts", profile.path, pages.path, String(kill));
      await writer.printed(1 + ((dice.randomBytes(1)[0] ?? 0) % 40));
      writer.kill();
      await writer.ended;
      const believed = writer.lines.flatMap((line) => parse(line) ?? []);
      await using app = await createTestEngine({ profile: profile.path, seed: kill + 1 });
      await app.engine.upToDate();
      const texts = new Map(
        believed.flatMap((one) => (one.kind === "text" ? [[one.id, one.body]] : [])),
      );
      const lastText = [...texts.keys()].at(-1);
      for (const [id, body] of texts) {
        const record = await app.client.records.get({ id });
        // The newest may be followed by one that was committed but not answered any more.
        if (record.body === body) continue;
        expect(id, `kill ${kill}`).toBe(lastText);
        const earlier = await app.client.records.get({ id, revision: record.revision - 1 });
        expect(earlier.body, `kill ${kill}`).toBe(body);
      }
      const draft = believed.findLast((one) => one.kind === "draft");
      if (draft !== undefined) {
        // Only a later one may stand in its place.
        const kept = await app.client.drafts.get({ key: draft.key });
        expect(roundOf(kept?.body), `kill ${kill}`).toBeGreaterThanOrEqual(roundOf(draft.body));
      }
      const step = believed.findLast((one) => one.kind === "import");
      if (step !== undefined && step.done < pageCount) duringImport += 1;
      const started = await app.client.health.check({});
      await app.ended(started);
      const report = (await app.client.jobs.result({ id: started.job })) as unknown as CheckReport;
      expect(report.problems, `kill ${kill}`).toEqual([]);
      expect(app.logger.errors).toEqual([]);
    }
    expect(duringImport).toBeGreaterThan(0);
  },
);
