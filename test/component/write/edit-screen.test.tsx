import { fakeEngine } from "#test/support/fake-engine.ts";
import { act, cleanup, fireEvent, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { queryClient } from "#renderer/platform/api.ts";
import { EditScreen, NewScreen } from "#renderer/features/write/edit-screen.tsx";
import { currentRoute } from "#renderer/platform/navigation.tsx";
import { runCommand } from "#renderer/platform/commands.ts";
import type { Draft } from "#shared/contract/drafts.ts";
import type { Route } from "#shared/navigation/route.ts";
import { ExpectedFailure } from "#shared/rpc/wire.ts";
import { care, idOf, mara, recordView, versionAt } from "#test/support/record-views.ts";
import { renderScreen } from "#test/support/render-screen.tsx";
import { workspaceState } from "#test/support/workspace-views.ts";

let engine: ReturnType<typeof fakeEngine>;
let draft: Draft | null = null;
let record: Parameters<typeof recordView>[0];
let latest: () => ReturnType<typeof recordView>;
let older: () => ReturnType<typeof recordView>;
let saveDraft: () => Promise<{ savedAt: string }>;
let edit: () => { id: ReturnType<typeof idOf>; revision: number; action: null };

const savedAt = "2026-11-22T14:03:07.000Z";

beforeEach(() => {
  draft = null;
  record = { body: "The text." };
  latest = () => recordView(record);
  older = () => recordView({ body: "The older text.", revision: 2 });
  saveDraft = () => Promise.resolve({ savedAt });
  edit = () => ({ id: idOf(1), revision: 4, action: null });
  engine = fakeEngine({
    records: {
      get: ({ version }) => (version === undefined ? latest() : older()),
      similar: () => [{ id: idOf(5), type: "lesson", title: "A close call", score: 0.8 }],
      links: () => ({ backlinks: [], related: [], targets: [], attachments: [], unresolved: [] }),
      lookup: () => [],
      edit: () => edit(),
      diff: () => ({
        body: [
          { kind: "same", text: "Wait " },
          { kind: "removed", text: "two" },
          { kind: "added", text: "three" },
        ],
        fields: [],
      }),
      create: () => ({ id: idOf(2), revision: 1, action: null }),
    },
    search: { operatorValues: () => [] },
    drafts: {
      get: () => draft,
      list: () => [],
      save: () => saveDraft(),
      discard: () => ({}),
    },
    workspace: {
      state: () => workspaceState({ department: { id: care.id, name: care.title } }),
    },
  });
  // jsdom has no layout, which the source editor measures.
  Range.prototype.getClientRects = () => [] as unknown as DOMRectList;
});
afterEach(() => {
  engine.assertPrepared();
  cleanup();
  vi.useRealTimers();
});

function open(at: Route): void {
  renderScreen(at, (route) => {
    if (route.screen === "edit") return <EditScreen route={route} />;
    return route.screen === "new" ? <NewScreen route={route} /> : <p>elsewhere</p>;
  });
}

const raise = (): never => {
  throw new Error("Nothing was saved.");
};
const title = () => screen.findByLabelText("Title");
const type = async (text: string) => fireEvent.change(await title(), { target: { value: text } });

describe("writing", () => {
  test("says when the draft was saved, only after the engine has answered", async () => {
    const answer = Promise.withResolvers<{ savedAt: string }>();
    saveDraft = () => answer.promise;
    open({ screen: "edit", id: idOf(1) });
    await title();
    await type("Refund disputes, shorter");
    expect(await screen.findByText("Writing…")).toBeTruthy();
    expect(await screen.findByText("Saving the draft…", {}, { timeout: 3000 })).toBeTruthy();
    expect(screen.queryByText(/^Saved /u)).toBeNull();
    answer.resolve({ savedAt });
    expect(await screen.findByText(/^Saved \d/u)).toBeTruthy();
    expect(engine.calls("drafts.save")[0]?.input).toEqual({
      key: idOf(1),
      over: null,
      record: idOf(1),
      base: versionAt(3),
      type: "playbook",
      fields: { title: "Refund disputes, shorter" },
      body: "The text.",
    });
  });

  test("says why a draft could not be saved", async () => {
    saveDraft = () => Promise.reject(new ExpectedFailure("disk_full", "The disk is full."));
    open({ screen: "edit", id: idOf(1) });
    await type("Other");
    expect(
      await screen.findByText("Not saved: The disk is full.", {}, { timeout: 3000 }),
    ).toBeTruthy();
  });

  test("keeps a draft of its own where another window writes the same page, and says so", async () => {
    let calls = 0;
    saveDraft = () => {
      calls += 1;
      return calls === 1
        ? Promise.reject(new ExpectedFailure("draft_elsewhere", "Another window writes it."))
        : Promise.resolve({ savedAt });
    };
    open({ screen: "edit", id: idOf(1) });
    await type("Mine");
    expect(
      await screen.findByText(
        "This page is being written in another window, too",
        {},
        { timeout: 3000 },
      ),
    ).toBeTruthy();
    const saves = engine.calls("drafts.save").map(({ input }) => input as Draft & { over: null });
    const [first, second] = saves;
    expect(first).toMatchObject({ key: idOf(1), over: null });
    expect(second).toMatchObject({ over: null, fields: { title: "Mine" } });
    expect(second?.key).toMatch(new RegExp(`^${idOf(1)}\\.[0-9a-f]{8}$`, "u"));
    expect(currentRoute()).toEqual({ screen: "edit", id: idOf(1), draft: second?.key });
    expect(await title()).toHaveProperty("value", "Mine");
    const { over: _over, ...kept } = second ?? raise();
    draft = { ...kept, title: "Mine", savedAt };
    runCommand("write.save");
    fireEvent.click(await screen.findByRole("button", { name: "Save" }));
    await waitFor(() => expect(engine.calls("drafts.discard")).toHaveLength(1));
    expect(engine.calls("drafts.discard")[0]?.input).toEqual({ key: second?.key, over: savedAt });
  });

  test("shows what changed since it was opened, whatever the revisions are numbered by now", async () => {
    draft = {
      key: idOf(1),
      record: idOf(1),
      base: versionAt(2),
      type: "playbook",
      title: "D",
      fields: {},
      body: "Draft text.",
      savedAt,
    };
    open({ screen: "edit", id: idOf(1) });
    fireEvent.click(await screen.findByRole("button", { name: "See what changed" }));
    expect(await screen.findByText("three")).toBeTruthy();
    expect(engine.calls("records.diff")[0]?.input).toEqual({
      id: idOf(1),
      from: versionAt(2),
      to: versionAt(3),
    });
    expect(currentRoute()).toEqual({ screen: "edit", id: idOf(1) });
  });

  test("saves the draft when the page is left before the pause", async () => {
    open({ screen: "edit", id: idOf(1) });
    await type("Left at once");
    await act(async () => {
      fireEvent.click(screen.getByRole("link", { name: "Back to reading" }));
    });
    await waitFor(() => expect(engine.calls("drafts.save")).toHaveLength(1));
  });

  test("continues a draft on the version it started from, and says that the record moved on", async () => {
    const content = {
      key: idOf(1),
      record: idOf(1),
      base: versionAt(2),
      type: "playbook",
      title: "D",
    };
    draft = { ...content, fields: { title: "From the draft" }, body: "Draft text.", savedAt };
    open({ screen: "edit", id: idOf(1) });
    expect(await title()).toHaveProperty("value", "From the draft");
    expect(screen.getByText("You are continuing a draft")).toBeTruthy();
    expect(await screen.findByText("This record has changed since you started")).toBeTruthy();
    runCommand("write.save");
    fireEvent.click(await screen.findByRole("button", { name: "Save" }));
    await waitFor(() => expect(currentRoute()).toEqual({ screen: "record", id: idOf(1) }));
    expect(engine.calls("records.edit")[0]?.input).toEqual({
      id: idOf(1),
      base: versionAt(2),
      fields: { title: "From the draft" },
      body: "Draft text.",
    });
    expect(engine.calls("drafts.discard")).toHaveLength(1);
  });

  test("starts from what was opened, though the engine is lost and found while one writes", async () => {
    open({ screen: "edit", id: idOf(1) });
    await type("Mine");
    latest = () => {
      throw new ExpectedFailure("closing", "Guildhall is closing.");
    };
    await act(() => queryClient.invalidateQueries());
    latest = () => recordView({ body: "Somebody else's text.", revision: 4 });
    await act(() => queryClient.invalidateQueries());
    expect(await screen.findByText("This record has changed since you started")).toBeTruthy();
    runCommand("write.save");
    fireEvent.click(await screen.findByRole("button", { name: "Save" }));
    await waitFor(() => expect(engine.calls("records.edit")).toHaveLength(1));
    expect(engine.calls("records.edit")[0]?.input).toEqual({
      id: idOf(1),
      base: versionAt(3),
      fields: { title: "Mine" },
    });
  });

  test.each([
    ["is continued over the record as it is where its version is unknown here", "not_found"],
    ["is not opened over another version where its own could not be read", "closing"],
  ])("a draft %s", async (_, code) => {
    draft = {
      key: idOf(1),
      record: idOf(1),
      base: versionAt(2),
      type: "playbook",
      title: "D",
      fields: { title: "From the draft" },
      body: "Draft text.",
      savedAt,
    };
    older = () => {
      throw new ExpectedFailure(code, "It cannot be read.");
    };
    open({ screen: "edit", id: idOf(1) });
    if (code === "not_found") expect(await title()).toHaveProperty("value", "From the draft");
    else expect(await screen.findByText("It cannot be read.")).toBeTruthy();
  });

  test("saving a text that a machine merged makes it the writer's own, though nothing was changed", async () => {
    record = {
      type: "lesson",
      body: "Both wrote.",
      fields: { title: "T", what_happened: "It was sent." },
      mergedFrom: [mara],
    };
    open({ screen: "edit", id: idOf(1) });
    await title();
    runCommand("write.save");
    fireEvent.click(await screen.findByRole("button", { name: "Save" }));
    await waitFor(() => expect(engine.calls("records.edit")).toHaveLength(1));
    expect(engine.calls("records.edit")[0]?.input).toEqual({
      id: idOf(1),
      base: versionAt(3),
      fields: { what_happened: "It was sent." },
      body: "Both wrote.",
    });
  });

  test("says that the record went to the trash while one writes", async () => {
    record = { removedAt: "2026-11-02T10:00:00.000Z" };
    open({ screen: "edit", id: idOf(1) });
    expect(await screen.findByText("This record is in the trash")).toBeTruthy();
  });

  test("says that the record holds answers nobody has chosen from", async () => {
    const at = "2026-11-01T10:00:00.000Z";
    const change = `${"0".repeat(20)}-1-1-000000`;
    record = {
      conflicts: [{ path: "summary", values: [{ change, value: "One", by: mara, at }] }],
    } as unknown as typeof record;
    open({ screen: "edit", id: idOf(1) });
    expect(await screen.findByText(/different answers that nobody has chosen from/u)).toBeTruthy();
  });

  test("shows what exists already while a title is typed", async () => {
    open({ screen: "edit", id: idOf(1) });
    await type("The close call");
    expect(await screen.findByRole("link", { name: "A close call" })).toBeTruthy();
    expect(engine.calls("records.similar")[0]?.input).toMatchObject({ except: idOf(1) });
  });

  test("keeps everything when saving fails, and says why", async () => {
    edit = () => {
      throw new ExpectedFailure("closing", "Guildhall is closing, so nothing was written.");
    };
    open({ screen: "edit", id: idOf(1) });
    await type("Still here");
    runCommand("write.save");
    fireEvent.click(await screen.findByRole("button", { name: "Save" }));
    expect(await screen.findByText("Guildhall is closing, so nothing was written.")).toBeTruthy();
    expect(await screen.findByDisplayValue("Still here")).toBeTruthy();
    await waitFor(() => expect(engine.calls("drafts.save").length).toBeGreaterThan(0), {
      timeout: 3000,
    });
  });

  test("a new lesson starts with what happened and one tag, in one's own department", async () => {
    open({ screen: "new", type: "lesson", title: "It went wrong" });
    expect(await title()).toHaveProperty("value", "It went wrong");
    const route = currentRoute();
    expect(route.screen === "new" && route.draft).toMatch(/^new-/u);
    fireEvent.change(screen.getByLabelText("What happened"), {
      target: { value: "A mail was sent." },
    });
    runCommand("write.save");
    fireEvent.click(await screen.findByRole("button", { name: "Save" }));
    await waitFor(() => expect(engine.calls("records.create")).toHaveLength(1));
    expect(engine.calls("records.create")[0]?.input).toEqual({
      type: "lesson",
      fields: {
        title: "It went wrong",
        what_happened: "A mail was sent.",
        department_id: care.id,
        owner_id: mara.id,
      },
      body: "",
    });
  });

  test("goes to the field that was refused, wherever the focus was", async () => {
    edit = () => {
      throw new ExpectedFailure("invalid_field", "Effort must be a number of at least 0.", {
        field: "effort_hours",
      });
    };
    open({ screen: "edit", id: idOf(1) });
    await type("Other");
    (await screen.findByRole("tab", { name: "Text" })).focus();
    runCommand("write.save");
    fireEvent.click(await screen.findByRole("button", { name: "Save" }));
    const field = await screen.findByLabelText(/^Effort \(hours\)/u);
    expect(field.getAttribute("aria-invalid")).toBe("true");
    expect(screen.getByText("Effort must be a number of at least 0.")).toBeTruthy();
    await waitFor(() => expect(document.activeElement).toBe(field));
  });

  test("is saved once, however often Enter is pressed", async () => {
    open({ screen: "new", type: "lesson", title: "It went wrong" });
    await title();
    runCommand("write.save");
    const note = await screen.findByLabelText(/What changed, and why/u);
    fireEvent.keyDown(note, { key: "Enter" });
    fireEvent.keyDown(note, { key: "Enter" });
    await waitFor(() => expect(currentRoute()).toEqual({ screen: "record", id: idOf(2) }));
    expect(engine.calls("records.create")).toHaveLength(1);
  });

  test("asks for a name before anything is saved", async () => {
    open({ screen: "new", type: "lesson", draft: "new-1" });
    await title();
    runCommand("write.save");
    fireEvent.click(await screen.findByRole("button", { name: "Save" }));
    expect(await screen.findByText("It needs a name by which people find it.")).toBeTruthy();
    expect((await title()).getAttribute("aria-invalid")).toBe("true");
    expect(engine.calls("records.create")).toEqual([]);
  });
});
