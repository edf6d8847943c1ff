import { fakeEngine } from "#test/support/fake-engine.ts";
import { cleanup, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test } from "vitest";
import { HistoryScreen } from "#renderer/features/history/history-screen.tsx";
import { currentRoute } from "#renderer/platform/navigation.tsx";
import { idOf, mara, recordView } from "#test/support/record-views.ts";
import { renderScreen } from "#test/support/render-screen.tsx";

let engine: ReturnType<typeof fakeEngine>;

beforeEach(() => {
  engine = fakeEngine({
    records: {
      get: () => recordView(),
      history: () =>
        [1, 2, 3].map((number) => ({
          number,
          change: `${"0".repeat(20)}-1-${number.toString()}-000000`,
          at: `2026-11-0${number.toString()}T10:00:00.000Z`,
          by: mara,
          note: number === 2 ? "Shorter" : null,
          changed: ["body", "tags"],
        })),
      diff: ({ from, to }) => ({
        body: [
          { kind: "same", text: "Wait " },
          { kind: "removed", text: "two" },
          { kind: "added", text: "three" },
          { kind: "same", text: ` days (${from.toString()} to ${to.toString()}).` },
        ],
        fields: [
          { name: "risk_tier", label: "Risk tier", before: "limited", after: "high", runs: null },
        ],
      }),
      restoreRevision: ({ id }) => ({ id, revision: 4, action: idOf(70) }),
      undo: () => ({ undone: 1, kept: 0, action: null }),
    },
  });
  renderScreen({ screen: "history", id: idOf(1) }, (route) =>
    route.screen === "history" ? <HistoryScreen route={route} /> : <p>elsewhere</p>,
  );
});
afterEach(() => {
  engine.assertPrepared();
  cleanup();
});

test("compares the newest revision with the one before it, in words for everybody", async () => {
  await screen.findByText(/days \(2 to 3\)/u);
  const changes = screen.getByRole("region", { name: "Changes in the text" });
  expect(within(changes).getByText("three").tagName).toBe("INS");
  expect(changes.textContent).toContain("removed: two end removed");
  expect(changes.textContent).toContain("added: three end added");
  const row = screen.getByRole("row", { name: /Risk tier/u });
  expect(row.textContent).toContain("Limited");
  expect(row.textContent).toContain("High");
});

test("compares any revision that is chosen, and puts the choice into the address", async () => {
  await userEvent.click(await screen.findByRole("button", { name: /Shorter/u }));
  expect(await screen.findByText(/days \(1 to 2\)/u)).toBeTruthy();
  expect(currentRoute()).toEqual({ screen: "history", id: idOf(1), from: 1, to: 2 });
});

test("shows both sides side by side", async () => {
  await screen.findByText(/days \(2 to 3\)/u);
  await userEvent.click(screen.getByRole("button", { name: "Side by side" }));
  const cells = within(screen.getByRole("region", { name: "Changes in the text" })).getAllByRole(
    "cell",
  );
  expect(cells[0]?.textContent).not.toContain("three");
  expect(cells[1]?.textContent).not.toContain("two");
});

test("restores an older revision as a new one, with a way back", async () => {
  await userEvent.click(await screen.findByRole("button", { name: /Shorter/u }));
  await userEvent.click(await screen.findByRole("button", { name: "Restore it" }));
  await userEvent.click(await screen.findByRole("button", { name: "Undo" }));
  expect(engine.calls("records.restoreRevision")[0]?.input).toEqual({ id: idOf(1), revision: 2 });
  await waitFor(() => expect(engine.calls("records.undo")[0]?.input).toEqual({ action: idOf(70) }));
});
