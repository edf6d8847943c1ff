import { fakeEngine } from "#test/support/fake-engine.ts";
import { cleanup, screen, within } from "@testing-library/react";
import { afterEach, describe, expect, test } from "vitest";
import { HomeScreen } from "#renderer/features/home/home-screen.tsx";
import type { RecordSummary, Revision } from "#shared/contract/record-shapes.ts";
import type { SharingState } from "#shared/contract/sharing.ts";
import { changeIdSchema, type RecordId } from "#shared/domain/ids.ts";
import { care, idOf, mara } from "#test/support/record-views.ts";
import { alone, sharingState } from "#test/support/sharing-views.ts";
import { renderScreen } from "#test/support/render-screen.tsx";
import { workspaceState } from "#test/support/workspace-views.ts";

let engine: ReturnType<typeof fakeEngine>;

function summary(number: number, type: string, updatedAt: Date): RecordSummary {
  return {
    id: idOf(number),
    type,
    title: `Page ${number.toString()}`,
    department: care,
    owner: null,
    status: "published",
    trust: null,
    summary: "",
    updatedAt: updatedAt.toISOString(),
    updatedBy: mara,
    removedAt: null,
  };
}

function newestOf(id: RecordId): Revision {
  return {
    number: id === idOf(1) ? 1 : 2,
    change: changeIdSchema.parse(`${"0".repeat(20)}-0-1-000000`),
    at: "2026-11-01T10:00:00.000Z",
    by: mara,
    note: id === idOf(3) ? "New limits" : null,
    changed: ["body", "steps", "tags", "summary"],
  };
}

function open(records: readonly RecordSummary[], sharing: SharingState = alone): void {
  engine = fakeEngine({
    workspace: {
      state: () => workspaceState({ department: { id: care.id, name: care.title } }),
    },
    records: {
      latest: ({ types }) =>
        records
          .filter(({ type }) => types.includes(type))
          .map((record) => ({ ...record, revision: newestOf(record.id) })),
      counts: () => ({
        types: [...Map.groupBy(records, (record) => record.type)].map(([type, list]) => ({
          type,
          count: list.length,
          statuses: {},
        })),
        trash: 0,
      }),
      due: () => ({ total: 0, records: [] }),
    },
    drafts: { list: () => [] },
    sharing: { state: () => sharing },
  });
  renderScreen({ screen: "home" }, () => <HomeScreen />);
}

afterEach(() => {
  engine.assertPrepared();
  cleanup();
});

describe("home", () => {
  test("tells by day who did what to which page, and passes over what is no knowledge", async () => {
    const now = new Date();
    const noon = (days: number) =>
      new Date(now.getFullYear(), now.getMonth(), now.getDate() - days, 0, 0, 1);
    open([
      summary(1, "lesson", noon(0)),
      summary(2, "playbook", noon(1)),
      summary(3, "request", noon(1)),
      summary(4, "topic", noon(0)),
    ]);
    const changed = await screen.findByRole("region", { name: "What changed" });
    const today = within(changed).getByRole("region", { name: "Today" });
    const yesterday = within(changed).getByRole("region", { name: "Yesterday" });
    expect(within(today).getByRole("link", { name: "Page 1" })).toBeTruthy();
    expect(await within(today).findByText("Mara Example wrote it")).toBeTruthy();
    expect(within(yesterday).getAllByRole("listitem")).toHaveLength(2);
    expect(
      await within(yesterday).findByText("Mara Example changed Text, Steps, Tags and 1 more"),
    ).toBeTruthy();
    expect(await within(yesterday).findByText("Mara Example: New limits")).toBeTruthy();
    expect(screen.queryByText("Page 4")).toBeNull();
  });

  test("names the records that wait for somebody to choose between two answers", async () => {
    open([summary(1, "lesson", new Date())], sharingState({ conflicts: 2 }));
    const link = await screen.findByRole("link", { name: "2 records with different answers" });
    const waiting = screen.getByRole("region", { name: "Waiting for you" });
    expect(waiting.contains(link)).toBe(true);
    expect(within(waiting).queryByText(/^Nothing/u)).toBeNull();
  });

  test("of an empty workspace offers an import and a first playbook, and nothing else", async () => {
    open([]);
    expect(await screen.findByRole("link", { name: "Import a folder" })).toBeTruthy();
    expect(screen.getByRole("link", { name: "Write a playbook" })).toBeTruthy();
    expect(screen.queryByRole("region", { name: "What changed" })).toBeNull();
  });
});
