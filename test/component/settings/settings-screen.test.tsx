import { fakeEngine } from "#test/support/fake-engine.ts";
import { cleanup, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test } from "vitest";
import { SettingsScreen } from "#renderer/features/settings/settings-screen.tsx";
import { addCommands, setPreferences } from "#renderer/platform/commands.ts";
import type { Job } from "#shared/contract/jobs.ts";
import { defaultSettings, type Settings } from "#shared/contract/workspace.ts";
import { renderScreen } from "#test/support/render-screen.tsx";

let settings: Settings;
let job: Job;
let engine: ReturnType<typeof fakeEngine>;
let stop: () => void;

beforeEach(() => {
  settings = defaultSettings;
  job = {
    id: "j1",
    kind: "check",
    label: "Check",
    state: "done",
    done: 5,
    total: 5,
    step: "signatures",
    failure: null,
  };
  engine = fakeEngine({
    workspace: {
      settings: () => settings,
      changeSettings: (change) => {
        settings = Object.assign({}, settings, change);
        return settings;
      },
    },
    health: {
      about: () => ({
        version: "1.0.0",
        changes: 12_345,
        records: 678,
        databaseBytes: 5_700_000,
        attachmentBytes: 0,
      }),
      check: () => ({ job: "j1" }),
      rebuild: () => ({ job: "j1" }),
    },
    jobs: {
      get: () => job,
      result: () => ({ changes: 3, records: 2, ok: false, problems: ["Change 2 is not signed."] }),
      cancel: () => ({}),
    },
  });
  setPreferences({ shortcuts: {}, singleKeys: true });
  stop = addCommands("test", [
    { id: "go.home", title: "Home", group: "Go to", keys: "G H", run: () => undefined },
    { id: "go.drafts", title: "Drafts", group: "Go to", keys: "Mod+D", run: () => undefined },
  ]);
});

afterEach(() => {
  stop();
  cleanup();
  engine.assertPrepared();
});

function show(section: string): void {
  renderScreen({ screen: "settings", section }, (route) =>
    route.screen === "settings" ? <SettingsScreen route={route} /> : <p>elsewhere</p>,
  );
}

async function change(title: string): Promise<HTMLElement> {
  await userEvent.click(screen.getByRole("button", { name: `Change the keys of “${title}”` }));
  return screen.findByRole("dialog");
}

test("a choice of appearance is kept at once", async () => {
  show("appearance");
  await userEvent.click(await screen.findByRole("radio", { name: "Dark" }));
  await waitFor(() => expect(settings.theme).toBe("dark"));
  await userEvent.click(screen.getByRole("radio", { name: "High" }));
  await waitFor(() => expect(settings.contrast).toBe("high"));
});

test("keys are changed by pressing them, and whoever had them is named and loses them", async () => {
  show("shortcuts");
  const dialog = await change("Home");
  const field = within(dialog).getByLabelText("New keys");
  await waitFor(() => expect(document.activeElement).toBe(field));
  await userEvent.keyboard("{Control>}d{/Control}");
  expect(within(dialog).getByText(/“Drafts” has these keys now/u)).toBeInstanceOf(HTMLElement);
  await userEvent.click(within(dialog).getByRole("button", { name: "Use these keys" }));
  await waitFor(() => expect(settings.shortcuts).toEqual({ "go.home": "Mod+D", "go.drafts": "" }));
});

test("two plain keys make a sequence, and Backspace starts again", async () => {
  show("shortcuts");
  const dialog = await change("Home");
  const field = within(dialog).getByLabelText<HTMLInputElement>("New keys");
  await waitFor(() => expect(document.activeElement).toBe(field));
  await userEvent.keyboard("xy");
  expect(field.value).toBe("X Y");
  await userEvent.keyboard("{Backspace}");
  expect(field.value).toBe("");
});

test("single letters can be switched off", async () => {
  show("shortcuts");
  await userEvent.click(await screen.findByRole("switch", { name: /Single letters/u }));
  await waitFor(() => expect(settings.singleKeyShortcuts).toBe(false));
});

test("a check shows every problem it found", async () => {
  show("workspace");
  expect(await screen.findByText("12,345")).toBeInstanceOf(HTMLElement);
  await userEvent.click(screen.getByRole("button", { name: "Check the workspace" }));
  expect(await screen.findByText("Change 2 is not signed.")).toBeInstanceOf(HTMLElement);
  expect(screen.getByRole("alert").textContent).toContain("1 problem");
});

test("a running job shows how far it is and can be cancelled", async () => {
  job = { ...job, state: "running", done: 2 };
  show("workspace");
  await userEvent.click(await screen.findByRole("button", { name: "Rebuild" }));
  const bar = await screen.findByRole("progressbar");
  expect(bar.getAttribute("aria-valuetext")).toBe("2 of 5");
  await userEvent.click(screen.getByRole("button", { name: "Cancel" }));
  expect(engine.calls("jobs.cancel")).toHaveLength(1);
});
