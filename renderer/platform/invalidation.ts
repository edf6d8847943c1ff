/** Which answers an event makes stale: the one place where events meet the query cache. */
import type { QueryClient, QueryKey } from "@tanstack/react-query";
import type { ConnectionState } from "./connection.ts";
import { onEvent } from "./events.ts";

/** An import announces many changes a second; the screens follow at this rhythm, in milliseconds. */
const rhythm = 200;

type Source = {
  readonly queryClient: QueryClient;
  readonly onConnectionChange: (listener: () => void) => () => void;
  readonly connectionState: () => ConnectionState;
};

/** Keeps the cache fresh from now on; returns how to stop. */
export function followEvents(source: Source): () => void {
  const { queryClient } = source;
  const stale = new Map<string, QueryKey>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function refresh(...keys: readonly QueryKey[]): void {
    for (const key of keys) stale.set(JSON.stringify(key), key);
    timer ??= setTimeout(() => {
      timer = undefined;
      const due = [...stale.values()];
      stale.clear();
      for (const queryKey of due) void queryClient.invalidateQueries({ queryKey });
    }, rhythm);
  }

  const stops = [
    onEvent("records.changed", ({ ids }) => {
      refresh(
        ["records", "list"],
        ["records", "latest"],
        ["records", "counts"],
        ["records", "lookup"],
        ["records", "due"],
      );
      refresh(["search"], ["records", "similar"], ["attachments", "list"], ["records", "links"]);
      refresh(["transfers", "imports"], ["workspace", "state"], ["health", "about"]);
      refresh(["sharing", "conflicts"], ["sharing", "state"], ["sharing", "members"]);
      refresh(["handbook"]);
      const perRecord = ["get", "history", "diff"];
      refresh(
        ...perRecord.flatMap((method) =>
          ids === null || method === "get"
            ? [["records", method]]
            : ids.map((id) => ["records", method, { id }]),
        ),
      );
    }),
    onEvent("drafts.changed", ({ key }) => {
      refresh(["drafts", "list"], ["drafts", "get", { key }]);
    }),
    onEvent("job.progress", (job) => {
      queryClient.setQueryData(["jobs", "get", { id: job.id }], job);
      // What is made anew answers more with each piece of it.
      if (job.kind === "rebuild") refresh(["search"]);
      if (job.state === "running") refresh(["jobs", "list"]);
      else refresh(["jobs"], ["transfers", "imports"], ["health", "about"], ["handbook"]);
    }),
    onEvent("workspace.changed", () => {
      void queryClient.invalidateQueries();
    }),
    onEvent("settings.changed", () => {
      refresh(["workspace", "settings"]);
    }),
    onEvent("sharing.changed", () => {
      // What one may do with a record hangs on the roles.
      refresh(["sharing"], ["records", "get"]);
    }),
    onEvent("searches.changed", () => {
      refresh(["search", "saved"], ["search", "unanswered"]);
    }),
    source.onConnectionChange(() => {
      // Whatever happened while nobody listened.
      if (source.connectionState().is === "ready") void queryClient.invalidateQueries();
    }),
  ];
  return () => {
    clearTimeout(timer);
    for (const stop of stops) stop();
  };
}
