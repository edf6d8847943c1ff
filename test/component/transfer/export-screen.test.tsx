import { fakeEngine } from "#test/support/fake-engine.ts";
import { cleanup, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test } from "vitest";
import { ExportScreen } from "#renderer/features/transfer/export-screen.tsx";
import { leaveExport } from "#renderer/features/transfer/export-session.ts";
import type { ExportReport } from "#shared/contract/transfers.ts";
import { renderScreen } from "#test/support/render-screen.tsx";

const report: ExportReport = {
  files: 27,
  attachments: 3,
  skipped: [{ path: "lesson/CON.md", reason: "The name is reserved on Windows." }],
  notes: [{ path: "lesson/a-2.md", reason: "The name a.md was taken." }],
  ms: 1200,
  download: "zip-1",
};
const done = {
  id: "export",
  kind: "export" as const,
  label: "Export",
  state: "done" as const,
  done: 27,
  total: 27,
  step: "",
  failure: null,
};

afterEach(() => {
  cleanup();
  leaveExport();
});

test("in a browser tab one type becomes a ZIP file to save, and what was left out is named", async () => {
  const engine = fakeEngine({
    records: {
      counts: () => ({
        types: [
          { type: "lesson", count: 27, statuses: {} },
          { type: "topic", count: 0, statuses: {} },
        ],
        trash: 0,
      }),
    },
    transfers: { exportRecords: () => ({ job: "export" }) },
    jobs: { get: () => done, result: () => report },
  });
  renderScreen({ screen: "export" }, () => <ExportScreen />);
  await userEvent.click(await screen.findByRole("radio", { name: "Lessons (27)" }));
  expect(screen.queryByRole("radio", { name: /Topics/u })).toBeNull();
  expect(screen.queryByRole("button", { name: "Export into a folder" })).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: "Export as a ZIP file" }));
  expect(await screen.findByRole("button", { name: "Save the ZIP file" })).toBeDefined();
  expect(screen.getByText("The name is reserved on Windows.")).toBeDefined();
  expect(screen.getByText("The name a.md was taken.")).toBeDefined();
  expect(screen.getByText(/27 files and 3 images and attachments/u)).toBeDefined();
  await waitFor(() =>
    expect(engine.calls("transfers.exportRecords").map(({ input }) => input)).toEqual([
      { type: "lesson" },
    ]),
  );
  engine.assertPrepared();
});
