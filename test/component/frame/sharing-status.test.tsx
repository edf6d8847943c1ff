import { fakeEngine } from "#test/support/fake-engine.ts";
import { cleanup, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test } from "vitest";
import { SharingStatus } from "#renderer/app/sharing-status.tsx";
import { followEvents } from "#renderer/platform/invalidation.ts";
import { connectionState, onConnectionChange, queryClient } from "#renderer/platform/api.ts";
import { Announcer } from "#renderer/ui/announce.tsx";
import type { SharingState } from "#shared/contract/sharing.ts";
import { renderScreen } from "#test/support/render-screen.tsx";
import { alone, nothingNew, sharingState } from "#test/support/sharing-views.ts";

let state: SharingState;
let engine: ReturnType<typeof fakeEngine>;
let stop: () => void;

beforeEach(() => {
  state = sharingState();
  engine = fakeEngine({
    sharing: {
      state: () => state,
      sync: () => nothingNew,
    },
  });
  stop = followEvents({ queryClient, connectionState, onConnectionChange });
});

afterEach(() => {
  stop();
  cleanup();
  engine.assertPrepared();
});

function show(): void {
  renderScreen({ screen: "home" }, () => (
    <>
      <SharingStatus />
      <Announcer />
    </>
  ));
}

test("nothing stands there while nothing is shared", async () => {
  state = alone;
  show();
  await waitFor(() => expect(engine.calls("sharing.state")).toHaveLength(1));
  expect(screen.queryByRole("button")).toBeNull();
});

test.each([
  [sharingState(), "Up to date"],
  [sharingState({ waiting: 3 }), "3 waiting"],
  [sharingState({ state: "asking" }), "Asking to join"],
  [sharingState({ problem: { reason: "missing", sentence: "Gone." } }), "Folder not found"],
  [
    sharingState({ problem: { reason: "read_only", sentence: "Only read." } }),
    "Folder is read-only",
  ],
])("it says in words how it stands: %#", async (given, words) => {
  state = given;
  show();
  expect(await screen.findByRole("button", { name: `Sharing: ${words}` })).toHaveProperty(
    "textContent",
    expect.stringContaining(words),
  );
});

test("behind it stand the reason, the times, a look now, and the ways on", async () => {
  state = sharingState({
    waiting: 2,
    conflicts: 1,
    setAside: 1,
    lastReceived: null,
    problem: { reason: "full", sentence: "The shared folder is full." },
  });
  show();
  await userEvent.click(await screen.findByRole("button", { name: "Sharing: Folder is full" }));
  expect(await screen.findByText("The shared folder is full.")).toBeTruthy();
  expect(screen.getByText("Nothing yet")).toBeTruthy();
  expect(screen.getByText("2 changes")).toBeTruthy();
  expect(screen.getByRole("link", { name: "1 conflict" })).toBeTruthy();
  expect(screen.getByRole("link", { name: "Folder health (1)" })).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "Look now" }));
  await waitFor(() => expect(engine.calls("sharing.sync")).toHaveLength(1));
});

test("a change is said to a screen reader, the state at the start is not", async () => {
  show();
  await screen.findByRole("button", { name: "Sharing: Up to date" });
  expect(screen.queryByText("Sharing: Up to date")).toBeNull();
  state = sharingState({ problem: { reason: "unavailable", sentence: "Away." } });
  engine.announce("sharing.changed", {});
  expect(await screen.findByText("Sharing: Folder unavailable")).toBeTruthy();
});
