import { fakeEngine } from "#test/support/fake-engine.ts";
import { cleanup, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FolderScreen } from "#renderer/features/folder-health/folder-screen.tsx";
import type { Output } from "#renderer/platform/api.ts";
import { host } from "#renderer/platform/host.ts";
import type { SharingState } from "#shared/contract/sharing.ts";
import { ExpectedFailure } from "#shared/rpc/wire.ts";
import { idOf } from "#test/support/record-views.ts";
import { renderScreen } from "#test/support/render-screen.tsx";
import {
  colleague,
  deviceOf,
  deviceView,
  folderHealth,
  maraHere,
  sharingState,
} from "#test/support/sharing-views.ts";

let state: SharingState;
let health: Output<"sharing", "folderHealth">;
let engine: ReturnType<typeof fakeEngine>;

beforeEach(() => {
  state = sharingState();
  health = folderHealth();
  engine = fakeEngine({
    sharing: {
      state: () => state,
      folderHealth: () => health,
      members: () => [maraHere, colleague({ devices: [deviceView({ clockAhead: 527_040 })] })],
      supportBundle: () => ({ download: "d1" }),
      sync: () => {
        state = sharingState({ problem: { reason: "slow", sentence: "The folder is slow." } });
        throw new ExpectedFailure("folder_slow", "The folder is slow.");
      },
    },
  });
});

afterEach(() => {
  cleanup();
  engine.assertPrepared();
});

const show = () => renderScreen({ screen: "folder" }, () => <FolderScreen />);

test("a folder in order says so, and lists everybody's devices", async () => {
  show();
  expect(await screen.findByText("Everything is in order")).toBeTruthy();
  const row = await screen.findByRole("row", { name: /^Ben Example 22222222/u });
  expect(within(row).getByText("1.0.0")).toBeTruthy();
  expect(screen.getByText(/: the clock is ahead$/u)).toBeTruthy();
});

test("each file that was set aside says what it means and what to do", async () => {
  health = folderHealth({
    setAside: [
      {
        ...({ path: "s/22/conflict copy.gs", reason: "hash" } as const),
        sentence: "The content is not what was written.",
        action: "Other copies are used.",
        since: "2026-11-01T10:00:00.000Z",
      },
    ],
    missing: [{ device: deviceOf(2), person: "Ben Example", changes: 3 }],
    refused: [
      {
        ...({ reason: "not_permitted", person: "Ben Example", changes: 1 } as const),
        record: idOf(1),
        title: "Refund disputes",
      },
    ],
    events: [{ at: "2026-11-01T10:00:00.000Z", sentence: "Two files were put back." }],
  });
  show();
  expect(await screen.findByText("s/22/conflict copy.gs")).toBeTruthy();
  expect(screen.getByText("The content is not what was written.")).toBeTruthy();
  expect(screen.getByText("Other copies are used.")).toBeTruthy();
  const missing = screen.getByRole("region", { name: "Not here yet" });
  expect(within(missing).getByText(/3 changes of/u)).toHaveProperty(
    "textContent",
    expect.stringContaining("3 changes of Ben Example"),
  );
  const refused = screen.getByRole("region", { name: "Kept, not applied" });
  expect(within(refused).getByRole("link", { name: "Refund disputes" })).toBeTruthy();
  expect(within(refused).getByText(/Their roles do not allow it/u)).toBeTruthy();
  expect(screen.getByText("Two files were put back.")).toBeTruthy();
  expect(screen.queryByText("Everything is in order")).toBeNull();
});

test("a folder that cannot be looked at says so once, on the page", async () => {
  show();
  await userEvent.click(await screen.findByRole("button", { name: "Look at every file" }));
  expect(await screen.findByText("The folder is slow.")).toBeTruthy();
  expect(screen.getAllByText("The folder is slow.")).toHaveLength(1);
  expect(engine.calls("sharing.sync")[0]?.input).toEqual({ full: true, restore: false });
});

test("the support bundle is handed to the host to be saved", async () => {
  const saveDownload = vi.fn(() => Promise.resolve(true));
  Object.assign(host, { saveDownload });
  show();
  await userEvent.click(await screen.findByRole("button", { name: "Save a support bundle…" }));
  expect(await screen.findByText("The support bundle is saved.")).toBeTruthy();
  expect(saveDownload).toHaveBeenCalledWith("d1");
});
