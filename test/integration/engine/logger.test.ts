import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { createFileLogger, describeError } from "#engine/logger.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";

function linesOf(file: string): readonly Record<string, unknown>[] {
  const lines = readFileSync(file, "utf8").trim().split("\n");
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe("the log", () => {
  test("is one JSON document a line, all of it on the disk once it is closed", async () => {
    using folder = temporaryFolder();
    const { logger, close } = createFileLogger(folder.path, "engine");
    for (let index = 0; index < 500; index += 1) logger.info("import.page", { index });
    logger.error("call.records.get", new TypeError("no"));
    await close();
    const lines = linesOf(path.join(folder.path, "engine.log"));
    expect(lines).toHaveLength(501);
    expect(lines[499]).toMatchObject({ level: "info", message: "import.page", index: 499 });
    expect(lines[500]).toMatchObject({ level: "error", error: "TypeError" });
  });

  test("never grows past five files of a megabyte", async () => {
    using folder = temporaryFolder();
    for (let round = 0; round < 8; round += 1) {
      const { logger, close } = createFileLogger(folder.path, "engine");
      for (let index = 0; index < 1500; index += 1) logger.info("x".repeat(600), { index });
      await close();
    }
    const files = readdirSync(folder.path);
    expect(files.length).toBeLessThanOrEqual(5);
    for (const file of files) {
      expect(statSync(path.join(folder.path, file)).size).toBeLessThan(1_200_000);
    }
  });

  test("may be closed twice, and whoever comes too late is not heard", async () => {
    using folder = temporaryFolder();
    const { logger, close } = createFileLogger(folder.path, "engine");
    logger.info("engine.closed");
    await Promise.all([close(), close()]);
    logger.error("job.import", new Error("too late"));
    await close();
    expect(linesOf(path.join(folder.path, "engine.log"))).toHaveLength(1);
  });

  test("that cannot be written harms nothing and closes all the same", async () => {
    using folder = temporaryFolder();
    const blocked = path.join(folder.path, "logs");
    writeFileSync(blocked, "a file stands where the folder should be");
    const { logger, close } = createFileLogger(blocked, "engine");
    logger.info("engine.opened");
    logger.error("job.import", new Error("no"));
    await close();
    mkdirSync(path.join(folder.path, "other", "engine.log"), { recursive: true });
    const second = createFileLogger(path.join(folder.path, "other"), "engine");
    second.logger.info("engine.opened");
    await second.close();
  });
});

describe("what the log says of an error", () => {
  test("is its kind, code and place, and none of the words that it quotes", () => {
    const parsing = attempt(() => JSON.parse("Dear Ana, the password is swordfish"));
    const missing = attempt(() => readFileSync("/home/ana/Diary of Ana.md"));
    const text = JSON.stringify([describeError(parsing), describeError(missing)]);
    expect(text).toContain("SyntaxError");
    expect(text).toContain("ENOENT");
    expect(text).not.toMatch(/ana\b|swordfish|diary/iu);
  });

  test("names files of the program without the folders they lie in", () => {
    const error = new Error("no");
    error.stack =
      "Error: no\n    at run (file:///home/ana/apps/guildhall/out/engine.js:10:5)\n    at C:\\Users\\Ana\\guildhall\\main.js:3:1";
    const { stack } = describeError(error);
    expect(stack).toContain("engine.js:10:5");
    expect(stack).toContain("main.js:3:1");
    expect(stack).not.toMatch(/ana/iu);
  });
});

function attempt(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return error;
  }
}
