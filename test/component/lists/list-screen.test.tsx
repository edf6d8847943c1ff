import { fakeEngine } from "#test/support/fake-engine.ts";
import { cleanup, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ListScreen } from "#renderer/features/lists/list-screen.tsx";
import { TrashScreen } from "#renderer/features/lists/trash-screen.tsx";
import { runShortcut } from "#renderer/platform/commands.ts";
import { currentRoute } from "#renderer/platform/navigation.tsx";
import type { RecordSummary } from "#shared/contract/record-shapes.ts";
import { recordIdSchema } from "#shared/domain/ids.ts";
import type { Route } from "#shared/navigation/route.ts";
import { renderScreen } from "#test/support/render-screen.tsx";

const idOf = (number: number) => recordIdSchema.parse(number.toString().padStart(26, "0"));

function summary(number: number): RecordSummary {
  return {
    id: idOf(number),
    type: "playbook",
    title: `Playbook ${number.toString()}`,
    department: null,
    owner: null,
    status: "published",
    trust: null,
    summary: "When to use it.",
    updatedAt: "2026-11-01T10:00:00.000Z",
    updatedBy: { id: idOf(900), type: "person", title: "Mara Example" },
    removedAt: null,
  };
}

type Prepared = {
  total: number;
  removed: string[][];
  restored: string[][];
  undone: string[];
  /** Of the first records. */
  trust: RecordSummary["trust"][];
};
let prepared: Prepared;
let engine: ReturnType<typeof fakeEngine>;

function prepare(total: number): void {
  prepared = { total, removed: [], restored: [], undone: [], trust: [] };
  engine = fakeEngine({
    records: {
      list: ({ type, offset, limit }) => {
        const all = type === "department" ? 0 : prepared.total;
        const count = Math.max(0, Math.min(limit, all - offset));
        return {
          total: all,
          records: Array.from({ length: count }, (_, at) => ({
            ...summary(offset + at),
            trust: prepared.trust[offset + at] ?? null,
          })),
        };
      },
      counts: () => ({ types: [], trash: 0 }),
      remove: ({ ids }) => {
        prepared.removed.push(ids);
        return { removed: ids.length, action: idOf(7000) };
      },
      putBack: ({ ids }) => {
        prepared.restored.push(ids);
        return { restored: ids.length, action: idOf(7001) };
      },
      undo: ({ action }) => {
        prepared.undone.push(action);
        return { undone: 2, kept: 0, action: null };
      },
    },
  });
}

function showList(route: Route = { screen: "list", type: "playbook" }) {
  return renderScreen(route, (now) =>
    now.screen === "list" ? <ListScreen route={now} /> : <p>{now.screen}</p>,
  );
}

function hear(event: KeyboardEvent): void {
  if (runShortcut(event, false)) event.preventDefault();
}

beforeEach(() => {
  window.addEventListener("keydown", hear);
});

afterEach(() => {
  window.removeEventListener("keydown", hear);
  cleanup();
  engine.assertPrepared();
});

describe("a list of records", () => {
  test("of 100,000 holds only the rows in sight, and says how many there are", async () => {
    prepare(100_000);
    showList();
    await screen.findByText("100,000 playbooks");
    const rows = await screen.findAllByRole("listitem");
    expect(rows.length).toBeLessThan(60);
    expect(rows[0]?.getAttribute("aria-setsize")).toBe("100000");
    expect(rows[0]?.getAttribute("aria-posinset")).toBe("1");
    const asked = engine.calls("records.list").filter(({ input }) => "type" in Object(input));
    expect(asked.length).toBeLessThan(4);
  });

  test("marks what has expired, also where its status is published", async () => {
    prepare(2);
    prepared.trust = ["unverified", "expired"];
    showList();
    expect(await screen.findByText("Expired")).toBeDefined();
    expect(screen.getAllByText("Published")).toHaveLength(1);
  });

  test("is walked with J, K and the arrows, one link at a time in the tab order", async () => {
    prepare(50);
    showList();
    const first = await screen.findByRole("link", { name: "Playbook 0" });
    expect(first.getAttribute("tabindex")).toBe("0");
    await userEvent.keyboard("jj");
    await waitFor(() =>
      expect(document.activeElement).toBe(screen.getByRole("link", { name: "Playbook 1" })),
    );
    expect(first.getAttribute("tabindex")).toBe("-1");
    await userEvent.keyboard("{ArrowDown}k");
    await waitFor(() =>
      expect(document.activeElement).toBe(screen.getByRole("link", { name: "Playbook 1" })),
    );
    await userEvent.keyboard("{Enter}");
    expect(currentRoute()).toMatchObject({ screen: "record", id: idOf(1) });
  });

  test("is ticked with X, moved to the trash, and taken back from the message", async () => {
    prepare(50);
    showList({ screen: "list", type: "playbook", status: "draft" });
    await screen.findByRole("link", { name: "Playbook 0" });
    await userEvent.keyboard("jxjx");
    expect(screen.getByText("2 ticked")).toBeInstanceOf(HTMLElement);
    await userEvent.click(screen.getByRole("button", { name: "Move to trash" }));
    expect(prepared.removed).toEqual([[idOf(0), idOf(1)]]);
    await screen.findByText("2 records moved to the trash.");
    expect(screen.queryByText("2 ticked")).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: "Undo" }));
    await waitFor(() => expect(prepared.undone).toEqual([idOf(7000)]));
  });

  test("is ticked as a whole, also where most of it was never shown", async () => {
    prepare(2500);
    showList({ screen: "list", type: "playbook", status: "published" });
    await screen.findByRole("link", { name: "Playbook 0" });
    await userEvent.keyboard("jx");
    await userEvent.click(screen.getByRole("button", { name: "Tick all 2,500" }));
    await screen.findByText("2,500 ticked");
    await userEvent.keyboard("{Escape}");
    expect(screen.queryByText("2,500 ticked")).toBeNull();
  });

  test("that is empty says what it is for and offers one action", async () => {
    prepare(0);
    showList({ screen: "list", type: "topic" });
    await screen.findByText("No topics yet");
    expect(screen.getByText(/several departments write about/u)).toBeInstanceOf(HTMLElement);
    const empty = screen.getByText("No topics yet").parentElement;
    expect(within(empty ?? document.body).getAllByRole("link")).toHaveLength(1);
  });

  test("that is empty because of its filters offers to take them off", async () => {
    prepare(0);
    showList({ screen: "list", type: "playbook", status: "archived" });
    await userEvent.click(await screen.findByRole("button", { name: "Show them all" }));
    expect(currentRoute()).toMatchObject({ screen: "list", type: "playbook", status: undefined });
  });
});

test("the trash puts one record back, and offers to undo that", async () => {
  prepare(3);
  renderScreen({ screen: "trash" }, () => <TrashScreen />);
  await userEvent.click(await screen.findByRole("button", { name: "Put back Playbook 1" }));
  expect(prepared.restored).toEqual([[idOf(1)]]);
  await screen.findByText("1 record put back.");
});
