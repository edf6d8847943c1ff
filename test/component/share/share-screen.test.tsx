import { fakeEngine } from "#test/support/fake-engine.ts";
import { cleanup, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ShareScreen } from "#renderer/features/share/share-screen.tsx";
import { setSheet } from "#renderer/features/share/recovery-store.ts";
import { host } from "#renderer/platform/host.ts";
import { followEvents } from "#renderer/platform/invalidation.ts";
import { connectionState, onConnectionChange, queryClient } from "#renderer/platform/api.ts";
import { navigate } from "#renderer/platform/navigation.tsx";
import type { Output } from "#renderer/platform/api.ts";
import type { SharingState } from "#shared/contract/sharing.ts";
import type { Route } from "#shared/navigation/route.ts";
import { ExpectedFailure } from "#shared/rpc/wire.ts";
import { care, idOf, mara } from "#test/support/record-views.ts";
import { renderScreen } from "#test/support/render-screen.tsx";
import { alone, deviceOf, nothingNew, sharingState } from "#test/support/sharing-views.ts";

let state: SharingState;
let look: Output<"sharing", "look">;
let engine: ReturnType<typeof fakeEngine>;
let stop: () => void;
const nothingFound = { library: null, name: null, fingerprint: null };
const foundLibrary = {
  ...({ kind: "library", library: idOf(5), name: "Customer care", entries: 4 } as const),
  fingerprint: "4x31kw7fwadpqqrh",
};

beforeEach(() => {
  stop = followEvents({ queryClient, connectionState, onConnectionChange });
  state = alone;
  look = { kind: "empty", entries: 0, ...nothingFound };
  // A window: the host's dialog answers with a folder.
  const selection = { id: "s1", name: "Team folder", files: null };
  Object.assign(host, {
    kind: "electron",
    chooseFolder: () => Promise.resolve(selection),
    chooseExportFolder: () => Promise.resolve(selection),
  });
  engine = fakeEngine({
    workspace: {
      state: () => ({
        ...({ state: "ready", sample: false, writable: true } as const),
        workspace: idOf(5),
        name: "Customer care",
        device: deviceOf(1),
        person: { id: mara.id, name: mara.title },
        department: { id: care.id, name: care.title },
        ...({ keyProtection: "key_store", keyStoreAvailable: true, version: "1.0.0" } as const),
      }),
    },
    health: {
      about: () => ({
        version: "1.0.0",
        changes: 2000,
        records: 678,
        databaseBytes: 5_700_000,
        attachmentBytes: 3_200_000,
      }),
    },
    sharing: {
      state: () => state,
      look: () => look,
      create: () => {
        state = sharingState();
        engine.announce("sharing.changed", {});
        return {
          library: idOf(5),
          fingerprint: "4x31kw7fwadpqqrh",
          recovery: "MJM5-GENX-WAYZ-HPH8-4QCQ-MYQ9-3WAS-SD33",
        };
      },
      join: ({ code }) => {
        if (code !== "RIGHT") throw new ExpectedFailure("wrong_code", "A letter is wrong.");
        state = sharingState({ state: "asking", asked: "2026-11-01T14:03:00.000Z", roles: [] });
        engine.announce("sharing.changed", {});
        return { library: idOf(5), name: "Customer care", state: "asking" };
      },
      sync: ({ restore }) => {
        if (restore) state = sharingState();
        return nothingNew;
      },
    },
  });
});

afterEach(() => {
  stop();
  setSheet(null);
  cleanup();
  engine.assertPrepared();
});

function show(at: Route): void {
  renderScreen(at, (route) =>
    route.screen === "share" ? <ShareScreen route={route} /> : <p>elsewhere</p>,
  );
}

async function chooseFolder(): Promise<void> {
  await userEvent.click(await screen.findByRole("button", { name: "Choose the folder…" }));
}

test("sharing tells beforehand what will lie in the folder, and who can read it", async () => {
  show({ screen: "share", way: "start" });
  expect(await screen.findByText(/678 records with their/u)).toHaveProperty(
    "textContent",
    expect.stringMatching(/2,000 signed changes/u),
  );
  expect(screen.getByText(/The attachments, 3.2 MB/u)).toBeTruthy();
  expect(screen.getByText(/Everybody who can open the folder can read all of it/u)).toBeTruthy();
});

test("the recovery sheet stays until somebody says that it is kept, wherever they go meanwhile", async () => {
  show({ screen: "share", way: "start" });
  await chooseFolder();
  await screen.findByText("The folder is empty and can be written to");
  await userEvent.click(screen.getByRole("button", { name: "Share it" }));
  expect(await screen.findByText("MJM5-GENX-WAYZ-HPH8-4QCQ-MYQ9-3WAS-SD33")).toBeTruthy();
  expect(screen.getByRole("row", { name: "MJM5 Mike Juliett Mike Five" })).toBeTruthy();
  expect(screen.getByRole("button", { name: "Go on" })).toHaveProperty("disabled", true);
  const leaving = new Event("beforeunload", { cancelable: true });
  window.dispatchEvent(leaving);
  expect(leaving.defaultPrevented).toBe(true);

  navigate({ screen: "home" });
  expect(await screen.findByText("elsewhere")).toBeTruthy();
  navigate({ screen: "share" });
  await userEvent.click(await screen.findByRole("checkbox", { name: /I have kept it/u }));
  await userEvent.click(screen.getByRole("button", { name: "Go on" }));
  expect(await screen.findByText("Last received")).toBeTruthy();
  expect(screen.queryByText(/MJM5-GENX/u)).toBeNull();
});

test.each([
  [{ kind: "other_files", entries: 3, ...nothingFound }, "There are other files in this folder"],
  [{ kind: "not_writable", entries: 0, ...nothingFound }, "The folder can only be read"],
  [foundLibrary, "The workspace “Customer care” is shared in this folder already"],
] as const)(
  "a folder that will not do says why, and nothing is shared: %#",
  async (found, said) => {
    look = found;
    show({ screen: "share", way: "start" });
    await chooseFolder();
    expect(await screen.findByText(said)).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Share it" }));
    expect(engine.calls("sharing.create")).toEqual([]);
  },
);

test("a code that is refused says so, keeps what was typed, and can be mended", async () => {
  look = foundLibrary;
  show({ screen: "share", way: "join" });
  await chooseFolder();
  expect(await screen.findByText("The shared workspace “Customer care”")).toBeTruthy();
  const code = screen.getByRole("textbox", { name: "Invitation code" });
  await userEvent.click(screen.getByRole("button", { name: "Ask to join" }));
  expect(document.activeElement).toBe(code);
  expect(engine.calls("sharing.join")).toEqual([]);
  await userEvent.type(code, "WRONG");
  await userEvent.click(screen.getByRole("button", { name: "Ask to join" }));
  expect(await screen.findByText("A letter is wrong.")).toBeTruthy();
  expect(code).toHaveProperty("value", "WRONG");
  await userEvent.clear(code);
  await userEvent.type(code, "RIGHT");
  await userEvent.click(screen.getByRole("button", { name: "Ask to join" }));
  expect(await screen.findByText(/^Asked on November 1, 2026/u)).toBeTruthy();
  expect(engine.calls("sharing.join").at(-1)?.input).toEqual({ selection: "s1", code: "RIGHT" });
});

test("waiting to be let in turns by itself once a steward's app has answered", async () => {
  state = sharingState({ state: "asking", asked: new Date().toISOString(), roles: [] });
  show({ screen: "share" });
  expect(await screen.findByText(/^Asked at /u)).toBeTruthy();
  state = sharingState({ roles: [{ role: "member", departments: null }] });
  engine.announce("sharing.changed", {});
  expect(await screen.findByText("Last received")).toBeTruthy();
  expect(screen.getByText("Member")).toBeTruthy();
});

test("an emptied folder is filled again only when somebody says so", async () => {
  state = sharingState({ problem: { reason: "empty", sentence: "The shared folder is empty." } });
  show({ screen: "share" });
  expect(await screen.findByText("The shared folder is empty.")).toBeTruthy();
  expect(engine.calls("sharing.sync")).toEqual([]);
  await userEvent.click(screen.getByRole("button", { name: "Put everything back" }));
  expect(await screen.findByText("Everything is in the folder again.")).toBeTruthy();
  expect(engine.calls("sharing.sync")[0]?.input).toEqual({ full: false, restore: true });
  await waitFor(() => expect(screen.queryByText("The shared folder is empty.")).toBeNull());
});

test("a workspace is shared once: a second folder or code is answered with why not", async () => {
  state = sharingState();
  show({ screen: "share", way: "join" });
  expect(await screen.findByText("This workspace is shared already")).toBeTruthy();
  expect(screen.queryByRole("textbox", { name: "Invitation code" })).toBeNull();
});

test("a tab that cannot choose a folder gives the command that can", async () => {
  Object.assign(host, { kind: "browser", copyText: vi.fn(() => Promise.resolve()) });
  show({ screen: "share", way: "start" });
  expect(await screen.findByText("npm run -s guildhall -- share create FOLDER")).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "Copy the command" }));
  expect(host.copyText).toHaveBeenCalledWith("npm run -s guildhall -- share create FOLDER");
});
