import { describe, expect, test, vi } from "vitest";
import { lateLog } from "#hosts/late-log.ts";

function scene() {
  const written: string[] = [];
  const quiet = Promise.withResolvers<void>();
  const write = (event: string) => void written.push(event);
  const open = vi.fn(async () => ({
    logger: { info: write, warn: write, error: write },
    close: async () => void written.push("closed"),
  }));
  return { written, quiet, open, log: lateLog(open, quiet.promise) };
}

describe("a log whose writer comes late", () => {
  test("loads nothing before there is time, and keeps what was said", async () => {
    const { written, quiet, open, log } = scene();
    log.logger.info("engine.ready", {});
    await Promise.resolve();
    expect(open).not.toHaveBeenCalled();
    quiet.resolve();
    await vi.waitFor(() => expect(written).toEqual(["engine.ready"]));
  });

  test("does not wait with a warning, and writes what came before it first", async () => {
    const { written, log } = scene();
    log.logger.info("engine.ready", {});
    log.logger.warn("page.refused", {});
    await vi.waitFor(() => expect(written).toEqual(["engine.ready", "page.refused"]));
  });

  test("writes everything before it is closed, and opens nothing for nothing", async () => {
    const { written, log } = scene();
    log.logger.info("engine.ready", {});
    await log.close();
    expect(written).toEqual(["engine.ready", "closed"]);
    const silent = scene();
    await silent.log.close();
    expect(silent.open).not.toHaveBeenCalled();
  });
});
