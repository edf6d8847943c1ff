import { fakeEngine } from "#test/support/fake-engine.ts";
import { cleanup, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test } from "vitest";
import { leavePublish } from "#renderer/features/publish/publish-session.ts";
import { PublishScreen } from "#renderer/features/publish/publish-screen.tsx";
import type { HandbookReport } from "#shared/contract/handbook.ts";
import { renderScreen } from "#test/support/render-screen.tsx";

const before = {
  playbooks: 27,
  lessons: 1,
  leftOut: [
    { type: "playbook" as const, status: "draft", reason: "status" as const, count: 3 },
    { type: "lesson" as const, status: null, reason: "removed" as const, count: 1 },
  ],
  folder: null,
  automatic: false,
  refreshedAt: null,
  problem: null,
};
const report: HandbookReport = {
  pages: 28,
  written: 12,
  unchanged: 40,
  removed: 2,
  skipped: [{ path: "page.html", reason: "It was changed by hand." }],
  ms: 900,
};
const done = {
  id: "handbook",
  kind: "export" as const,
  label: "Handbook",
  state: "done" as const,
  done: 28,
  total: 28,
  step: "",
  failure: null,
};

afterEach(() => {
  cleanup();
  leavePublish();
});

test("before anything is written it says what will be in the handbook, and what stays out and why", async () => {
  const engine = fakeEngine({ handbook: { overview: () => before } });
  renderScreen({ screen: "publish" }, () => <PublishScreen />);
  expect(await screen.findByText("27")).toBeDefined();
  expect(screen.getByText(/lesson will have a page/u)).toBeDefined();
  expect(screen.getByRole("link", { name: "3 playbooks" }).getAttribute("href")).toMatch(
    /list\/playbook\?status=draft$/u,
  );
  expect(screen.getByText("Only what is published gets in.")).toBeDefined();
  expect(screen.getByRole("link", { name: "1 lesson" }).getAttribute("href")).toMatch(/trash$/u);
  // A tab has no dialog for folders; it says where to go instead of offering nothing.
  expect(screen.queryByRole("button", { name: /Export/u })).toBeNull();
  expect(screen.getByText("guildhall export-handbook FOLDER")).toBeDefined();
  engine.assertPrepared();
});

test("the handbook of the last time is exported again, and what came of it is told", async () => {
  const engine = fakeEngine({
    handbook: {
      overview: () => ({ ...before, folder: "Handbook", refreshedAt: "2026-01-05T09:00:00.000Z" }),
      exportHandbook: () => ({ job: "handbook" }),
    },
    jobs: { get: () => done, result: () => report },
  });
  renderScreen({ screen: "publish" }, () => <PublishScreen />);
  await userEvent.click(await screen.findByRole("button", { name: "Export into Handbook again" }));
  expect(await screen.findByText(/12 files written, 40 were up to date, 2 removed/u)).toBeDefined();
  expect(screen.getByText("It was changed by hand.")).toBeDefined();
  expect(engine.calls("handbook.exportHandbook").map(({ input }) => input)).toEqual([
    { selection: null },
  ]);
  engine.assertPrepared();
});

test("a refusal is said in the engine's own sentence", async () => {
  const engine = fakeEngine({
    handbook: {
      overview: () => ({ ...before, folder: "Handbook" }),
      exportHandbook: () => ({ job: "handbook" }),
    },
    jobs: {
      get: () => ({ ...done, state: "failed", failure: "The disk is full. Free some space." }),
      result: () => null,
    },
  });
  renderScreen({ screen: "publish" }, () => <PublishScreen />);
  await userEvent.click(await screen.findByRole("button", { name: "Export into Handbook again" }));
  expect(await screen.findByText("The disk is full. Free some space.")).toBeDefined();
  engine.assertPrepared();
});

test("keeping it up to date is asked for with one switch, and why it failed is said beside it", async () => {
  let automatic = false;
  const engine = fakeEngine({
    handbook: {
      overview: () => ({
        ...before,
        folder: "Handbook",
        automatic,
        problem: "The folder is gone.",
      }),
      keepUpToDate: (input) => {
        ({ automatic } = input);
        return {};
      },
    },
  });
  renderScreen({ screen: "publish" }, () => <PublishScreen />);
  expect(await screen.findByText("The folder is gone.")).toBeDefined();
  await userEvent.click(screen.getByRole("switch", { name: /Keep it up to date/u }));
  expect(await screen.findByRole("switch", { checked: true })).toBeDefined();
  expect(engine.calls("handbook.keepUpToDate").map(({ input }) => input)).toEqual([
    { automatic: true },
  ]);
  engine.assertPrepared();
});
