import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import {
  createDraftKeeper,
  type KeepState,
  longestWait,
  pause,
} from "#renderer/features/write/draft-keeper.ts";

type Save = {
  readonly content: string;
  readonly answer: PromiseWithResolvers<{ savedAt: string }>;
};

let saves: Save[] = [];
let states: KeepState["is"][] = [];

function keeper() {
  const made = createDraftKeeper<string>({
    save: (content) => {
      const answer = Promise.withResolvers<{ savedAt: string }>();
      saves.push({ content, answer });
      return answer.promise;
    },
  });
  made.onState(() => states.push(made.state().is));
  return made;
}

const savedAt = "2026-11-22T14:03:07.000Z";

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse("2026-11-22T14:03:00.000Z") });
  saves = [];
  states = [];
});
afterEach(() => {
  vi.useRealTimers();
});

describe("the draft keeper", () => {
  test("saves after a pause, and says saved only when the engine has answered", async () => {
    const kept = keeper();
    kept.change("a");
    await vi.advanceTimersByTimeAsync(pause - 1);
    expect(saves).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(saves.map((save) => save.content)).toEqual(["a"]);
    expect(kept.state()).toEqual({ is: "saving" });
    saves[0]!.answer.resolve({ savedAt });
    await vi.advanceTimersByTimeAsync(0);
    expect(kept.state()).toEqual({ is: "saved", at: savedAt });
  });

  test("saves while typing goes on, at the latest after five seconds", async () => {
    const kept = keeper();
    for (let at = 0; at < longestWait; at += 500) {
      kept.change(`typed ${at.toString()}`);
      await vi.advanceTimersByTimeAsync(500);
    }
    expect(saves).toHaveLength(1);
    expect(saves[0]?.content).toBe("typed 4500");
  });

  test("never runs two saves at once, and saves what came in between afterwards", async () => {
    const kept = keeper();
    kept.change("a");
    await vi.advanceTimersByTimeAsync(pause);
    kept.change("b");
    kept.change("c");
    await vi.advanceTimersByTimeAsync(pause * 2);
    expect(saves.map((save) => save.content)).toEqual(["a"]);
    saves[0]!.answer.resolve({ savedAt });
    await vi.advanceTimersByTimeAsync(pause);
    expect(saves.map((save) => save.content)).toEqual(["a", "c"]);
    expect(states).not.toContain("saved");
    saves[1]!.answer.resolve({ savedAt });
    await vi.advanceTimersByTimeAsync(0);
    expect(kept.state().is).toBe("saved");
  });

  test("says why a save failed, and tries again by itself with the latest words", async () => {
    const kept = keeper();
    kept.change("a");
    await vi.advanceTimersByTimeAsync(pause);
    saves[0]!.answer.reject(new Error("The disk is full."));
    await vi.advanceTimersByTimeAsync(0);
    expect(kept.state()).toEqual({ is: "failed", reason: "The disk is full." });
    await vi.advanceTimersByTimeAsync(longestWait);
    expect(saves.map((save) => save.content)).toEqual(["a", "a"]);
    saves[1]!.answer.resolve({ savedAt });
    await vi.advanceTimersByTimeAsync(0);
    expect(kept.state().is).toBe("saved");
  });

  test("saves at once when the page is left, and nothing when there is nothing", async () => {
    const kept = keeper();
    await kept.flush();
    expect(saves).toEqual([]);
    kept.change("a");
    const left = kept.flush();
    await vi.advanceTimersByTimeAsync(0);
    expect(saves.map((save) => save.content)).toEqual(["a"]);
    saves[0]!.answer.resolve({ savedAt });
    await left;
  });

  test("saves nothing after it was stopped, and waits for a save that is under way", async () => {
    const kept = keeper();
    kept.change("a");
    await vi.advanceTimersByTimeAsync(pause);
    kept.change("b");
    let stopped = false;
    const stopping = kept.stop().then(() => {
      stopped = true;
      return stopped;
    });
    await vi.advanceTimersByTimeAsync(0);
    expect(stopped).toBe(false);
    saves[0]!.answer.resolve({ savedAt });
    await stopping;
    kept.change("c");
    await vi.advanceTimersByTimeAsync(longestWait * 2);
    await kept.flush();
    expect(saves.map((save) => save.content)).toEqual(["a"]);
  });
});
