import { fakeEngine } from "#test/support/fake-engine.ts";
import { cleanup, render, screen } from "@testing-library/react";
import { QueryClientProvider } from "@tanstack/react-query";
import { afterEach, expect, test, vi } from "vitest";
import { rehearse } from "#hosts/rehearse.ts";
import { askWhatOpens } from "#renderer/app/ask-ahead.ts";
import { Sidebar } from "#renderer/app/sidebar.tsx";
import { HomeScreen } from "#renderer/features/home/home-screen.tsx";
import { queryClient } from "#renderer/platform/api.ts";
import { defaultSettings } from "#shared/contract/workspace.ts";
import { responseSchema } from "#shared/rpc/wire.ts";
import { sharingState } from "#test/support/sharing-views.ts";
import { workspaceState } from "#test/support/workspace-views.ts";

function prepare(list: () => Promise<never> | { total: number; records: [] }) {
  return fakeEngine({
    workspace: {
      state: () => workspaceState(),
      settings: () => defaultSettings,
    },
    records: {
      list,
      latest: () => [],
      counts: () => ({ types: [], trash: 0 }),
      due: () => ({ total: 0, records: [] }),
    },
    drafts: { list: () => [] },
    sharing: { state: () => sharingState() },
    search: { saved: () => [] },
    jobs: { list: () => [] },
  });
}

afterEach(() => {
  cleanup();
  queryClient.clear();
  vi.useRealTimers();
});

test("what the window opens with is asked for once, and drawn without asking again", async () => {
  const engine = prepare(() => ({ total: 0, records: [] }));
  await askWhatOpens({ screen: "home" });
  const asked = engine.calls().length;
  render(
    <QueryClientProvider client={queryClient}>
      <Sidebar />
      <HomeScreen />
    </QueryClientProvider>,
  );
  expect(screen.getByText("Nothing is written here yet")).toBeDefined();
  // One's own pages are asked for when it is known who that is.
  const later = engine.calls().slice(asked);
  expect(later.map(({ name }) => name)).toEqual(["records.due"]);
});

test("the engine rehearses exactly what a window that opens at home asks", async () => {
  const engine = prepare(() => ({ total: 0, records: [] }));
  await askWhatOpens({ screen: "home" });
  const asked = engine.calls();
  await rehearse(
    async (request) => {
      const answer = await fetch("/rpc", { method: "POST", body: JSON.stringify(request) });
      return responseSchema.parse(await answer.json());
    },
    new Date().toISOString().slice(0, 10),
  );
  const rehearsed = engine.calls().slice(asked.length);
  const words = (calls: readonly object[]) => calls.map((one) => JSON.stringify(one)).toSorted();
  expect(words(rehearsed)).toEqual(words(asked));
});

test("a list that does not come does not keep the window from opening", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: false });
  prepare(() => new Promise(() => {}));
  let open = false;
  const opens = async () => {
    await askWhatOpens({ screen: "home" });
    open = true;
  };
  void opens();
  await vi.advanceTimersByTimeAsync(50);
  expect(open).toBe(false);
  await vi.advanceTimersByTimeAsync(100);
  expect(open).toBe(true);
});
