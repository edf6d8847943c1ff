import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { connectHttp } from "#renderer/platform/connection.ts";

/** A stream that the test opens and breaks as a browser does. */
class Stream extends EventTarget {
  readonly CLOSED = 2;
  readyState = 0;
  constructor() {
    super();
    streams.push(this);
  }
  open(): void {
    this.readyState = 1;
    this.dispatchEvent(new Event("open"));
  }
  /** The browser tries again by itself after a broken line, and gives up after a refusal. */
  fail(how: "broken" | "refused"): void {
    this.readyState = how === "broken" ? 0 : 2;
    this.dispatchEvent(new Event("error"));
  }
}

let streams: Stream[] = [];

beforeEach(() => {
  streams = [];
  vi.useFakeTimers();
  vi.stubGlobal("EventSource", Stream);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("the line to a loopback host", () => {
  test("is lost with a sentence when it breaks, and ready when the browser has mended it", () => {
    const connection = connectHttp(() => {});
    streams[0]?.open();
    expect(connection.state().is).toBe("ready");
    streams[0]?.fail("broken");
    expect(connection.state()).toMatchObject({
      is: "lost",
      sentence: expect.stringContaining("does not answer"),
    });
    vi.advanceTimersByTime(60_000);
    expect(streams).toHaveLength(1);
    streams[0]?.open();
    expect(connection.state()).toEqual({ is: "ready", sentence: "" });
  });

  test("is asked for again after a refusal, until a new start's token is there", () => {
    const heard: string[] = [];
    const connection = connectHttp((event) => heard.push(event));
    streams[0]?.open();
    streams[0]?.fail("broken");
    streams[0]?.fail("refused");
    vi.advanceTimersByTime(2000);
    streams[1]?.fail("refused");
    vi.advanceTimersByTime(2000);
    expect(streams).toHaveLength(3);
    streams[2]?.open();
    expect(connection.state().is).toBe("ready");
    const data = JSON.stringify({ event: "records.changed", payload: {} });
    streams[2]?.dispatchEvent(new MessageEvent("message", { data }));
    expect(heard).toEqual(["records.changed"]);
  });
});
