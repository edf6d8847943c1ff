import { QueryClient } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ConnectionState } from "#renderer/platform/connection.ts";
import { receiveEvent } from "#renderer/platform/events.ts";
import { followEvents } from "#renderer/platform/invalidation.ts";
import { recordIdSchema } from "#shared/domain/ids.ts";

const id = recordIdSchema.parse("1".repeat(26));
const other = recordIdSchema.parse("2".repeat(26));

let queryClient: QueryClient;
let stop: () => void;
let connection: ConnectionState;
let reconnect: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  queryClient = new QueryClient();
  connection = { is: "ready", sentence: "" };
  stop = followEvents({
    queryClient,
    connectionState: () => connection,
    onConnectionChange: (listener) => {
      reconnect = listener;
      return () => undefined;
    },
  });
});

afterEach(() => {
  stop();
  vi.useRealTimers();
});

function keep(...keys: readonly (readonly unknown[])[]): void {
  for (const key of keys) queryClient.setQueryData(key, "answer");
}

function staleKeys(): readonly (readonly unknown[])[] {
  const all = queryClient.getQueryCache().getAll();
  return all.filter((query) => query.state.isInvalidated).map((query) => query.queryKey);
}

test("a changed record makes lists, searches and its own history stale, and nobody else's", () => {
  const list = ["records", "list", { type: "playbook" }];
  const search = ["search", "query", { text: "refund" }];
  const history = ["records", "history", { id }];
  const elsewhere = ["records", "history", { id: other }];
  const settings = ["workspace", "settings", {}];
  keep(list, search, history, elsewhere, settings);
  receiveEvent("records.changed", { ids: [id], types: ["playbook"] });
  vi.advanceTimersByTime(300);
  expect(staleKeys()).toEqual([list, search, history]);
});

test("a change of too many records to name makes every history stale", () => {
  keep(["records", "history", { id }], ["records", "due", { before: "2026-12-01" }]);
  receiveEvent("records.changed", { ids: null, types: null });
  vi.advanceTimersByTime(300);
  expect(staleKeys()).toHaveLength(2);
});

test("a thousand changes of an import make one refresh", () => {
  keep(["records", "counts", {}]);
  const invalidate = vi.spyOn(queryClient, "invalidateQueries");
  for (let change = 0; change < 1000; change += 1) {
    receiveEvent("records.changed", { ids: [id], types: ["playbook"] });
  }
  vi.advanceTimersByTime(300);
  const counts = invalidate.mock.calls.filter(([filter]) =>
    JSON.stringify(filter?.queryKey).includes("counts"),
  );
  expect(counts).toHaveLength(1);
});

test("the progress of a job is the answer itself, and its end makes the result stale", () => {
  const job = { id: "j", kind: "import", label: "Handbook", done: 1, total: 2, step: "reading" };
  keep(["jobs", "result", { id: "j" }]);
  receiveEvent("job.progress", { ...job, state: "running", failure: null });
  expect(queryClient.getQueryData(["jobs", "get", { id: "j" }])).toMatchObject({ done: 1 });
  vi.advanceTimersByTime(300);
  expect(staleKeys()).toEqual([]);
  receiveEvent("job.progress", { ...job, done: 2, state: "done", failure: null });
  vi.advanceTimersByTime(300);
  expect(staleKeys()).toContainEqual(["jobs", "result", { id: "j" }]);
});

test("after the engine was away everything is asked again, since nobody heard what happened", () => {
  keep(["workspace", "state", {}], ["search", "saved", {}]);
  connection = { is: "lost", sentence: "" };
  reconnect();
  expect(staleKeys()).toEqual([]);
  connection = { is: "ready", sentence: "" };
  reconnect();
  expect(staleKeys()).toHaveLength(2);
});

test("an event of a newer version is no reason to fail", () => {
  expect(() => receiveEvent("sync.state", { state: "idle" })).not.toThrow();
});

test("each piece of an index that is made anew lets searches find more, and no other job does", () => {
  const search = ["search", "query", { text: "refund" }];
  keep(search);
  const job = { id: "j", label: "Update", state: "running", done: 1, total: 2, step: "Search" };
  receiveEvent("job.progress", { ...job, kind: "import", failure: null });
  vi.advanceTimersByTime(300);
  expect(staleKeys()).toEqual([]);
  receiveEvent("job.progress", { ...job, kind: "rebuild", failure: null });
  vi.advanceTimersByTime(300);
  expect(staleKeys()).toEqual([search]);
});
