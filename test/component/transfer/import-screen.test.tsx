import { fakeEngine } from "#test/support/fake-engine.ts";
import { act, cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { leaveImport } from "#renderer/features/transfer/import-session.ts";
import { ImportScreen } from "#renderer/features/transfer/import-screen.tsx";
import { connectionState, onConnectionChange, queryClient } from "#renderer/platform/api.ts";
import { followEvents } from "#renderer/platform/invalidation.ts";
import { navigate } from "#renderer/platform/navigation.tsx";
import type { Job } from "#shared/contract/jobs.ts";
import type { ImportReport } from "#shared/contract/transfers.ts";
import { recordIdSchema } from "#shared/domain/ids.ts";
import { ExpectedFailure } from "#shared/rpc/wire.ts";
import { renderScreen } from "#test/support/render-screen.tsx";

const action = recordIdSchema.parse("0".repeat(24) + "77");
const selection = { id: "sel-1", name: "handbook", files: null };

const report: ImportReport = {
  found: 4,
  created: 2,
  updated: 0,
  unchanged: 0,
  duplicates: 1,
  skipped: [],
  failed: [{ path: "handbook/broken.md", reason: "The file is not text: it is not valid UTF-8." }],
  notes: [],
  unresolvedLinks: [{ path: "handbook/a.md", target: "gone.md" }],
  missingImages: [],
  duplicateFiles: [{ path: "handbook/copy.md", sameAs: "handbook/a.md" }],
  nearDuplicates: [],
  preview: [
    { path: "handbook/a.md", title: "Page A", type: "playbook", tags: ["x"], outcome: "created" },
  ],
  attachments: 0,
  otherFiles: 0,
  records: 2,
  ms: 12,
  dryRun: true,
  cancelled: false,
  action: null,
};

function job(kind: Job["kind"], state: Job["state"], done = 1): Job {
  const id = kind;
  return { id, kind, label: "handbook", state, done, total: 4, step: "pages", failure: null };
}

/** An engine in which a dry run is over at once, and the import is as far as the test says. */
function engineWith(importJob: { now: Job }, extra: Parameters<typeof fakeEngine>[0] = {}) {
  return fakeEngine({
    jobs: {
      list: () => [],
      get: ({ id }) => (id === "dry_run" ? job("dry_run", "done") : importJob.now),
      result: ({ id }) => (id === "dry_run" ? report : { ...report, dryRun: false, action }),
      cancel: () => ({}),
      ...extra.jobs,
    },
    transfers: {
      imports: () => [],
      beginUpload: () => selection,
      upload: () => ({}),
      uploadRefused: () => ({}),
      dropSelection: () => ({}),
      importSelection: ({ dryRun }) => ({ job: dryRun ? "dry_run" : "import" }),
      ...extra.transfers,
    },
    records: {
      lookup: () => [],
      undo: () => ({ undone: 2, kept: 0, action: null }),
      ...extra.records,
    },
  });
}

function fileAt(path: string, text: string): File {
  const file = new File([text], path.split("/").at(-1) ?? path);
  Object.defineProperty(file, "webkitRelativePath", { value: path });
  return file;
}

const handbook = [
  fileAt("handbook/a.md", "# Page A\n"),
  fileAt("handbook/empty.md", ""),
  fileAt("handbook/.git/config", "secret"),
  fileAt("handbook/copy.md", "# Page A\n"),
];

function chooseFolder(): void {
  fireEvent.change(screen.getByLabelText("Folder to import"), { target: { files: handbook } });
}

const show = () =>
  renderScreen({ screen: "import" }, (route) =>
    route.screen === "import" ? <ImportScreen /> : <p>elsewhere</p>,
  );

let stop: () => void;
beforeEach(() => {
  stop = followEvents({ queryClient, onConnectionChange, connectionState });
});
afterEach(async () => {
  cleanup();
  await leaveImport();
  stop();
});

describe("choosing in a browser tab", () => {
  test("brings every file of the folder but those of tools, empty ones too, and then looks", async () => {
    const engine = engineWith({ now: job("import", "running") });
    show();
    chooseFolder();
    await screen.findByRole("button", { name: "Import 2 records" });
    const brought = engine.calls("transfers.upload").map(({ input }) => input);
    expect(brought).toHaveLength(3);
    expect(brought).toContainEqual({
      selection: "sel-1",
      path: "handbook/a.md",
      bytes: Buffer.from("# Page A\n").toString("base64"),
    });
    expect(brought).toContainEqual({ selection: "sel-1", path: "handbook/empty.md", bytes: "" });
    expect(engine.calls("transfers.importSelection").map(({ input }) => input)).toMatchObject([
      { dryRun: true },
    ]);
    engine.assertPrepared();
  });

  test("says why when the files do not arrive, and lets one choose again", async () => {
    engineWith(
      { now: job("import", "running") },
      {
        transfers: {
          upload: () => {
            throw new ExpectedFailure("full", "The disk is full. Make room and try again.");
          },
        },
      },
    );
    show();
    chooseFolder();
    expect(await screen.findByText("The disk is full. Make room and try again.")).toBeDefined();
    expect(screen.getByRole("button", { name: "Choose a folder" })).toBeDefined();
  });
});

describe("before anything is written", () => {
  test("shows counts, a preview, and each problem with its file and its reason", async () => {
    engineWith({ now: job("import", "running") });
    show();
    chooseFolder();
    const dryRun = within(await screen.findByRole("region", { name: "Dry run" }));
    expect(dryRun.getByText("Files found").nextSibling?.textContent).toBe("4");
    expect(dryRun.getByText("Page A")).toBeDefined();
    await userEvent.click(dryRun.getByRole("tab", { name: /^Failed/u }));
    expect(dryRun.getByText("handbook/broken.md")).toBeDefined();
    expect(dryRun.getByText(/not valid UTF-8/u)).toBeDefined();
    await userEvent.click(dryRun.getByRole("tab", { name: /lead nowhere/u }));
    expect(dryRun.getByText("gone.md")).toBeDefined();
  });

  test("another option looks again, and nothing has been imported meanwhile", async () => {
    const engine = engineWith({ now: job("import", "running") });
    show();
    chooseFolder();
    await userEvent.click(await screen.findByRole("combobox", { name: "Import as" }));
    await userEvent.click(await screen.findByRole("option", { name: "Lessons" }));
    await waitFor(() =>
      expect(engine.calls("transfers.importSelection").map(({ input }) => input)).toMatchObject([
        { dryRun: true, options: { as: "playbook" } },
        { dryRun: true, options: { as: "lesson" } },
      ]),
    );
  });

  test("a file of several records shows each of them under its name", async () => {
    const line = (title: string, outcome: "created" | "updated") =>
      ({ path: "handbook/list.md", title, type: "lesson", tags: [], outcome }) as const;
    const preview = [line("First part", "created"), line("Second part", "updated")];
    engineWith(
      { now: job("import", "running") },
      { jobs: { result: () => ({ ...report, preview }) } },
    );
    show();
    chooseFolder();
    const list = within(await screen.findByRole("list", { name: "Records" }));
    const rows = (await list.findAllByRole("listitem")).map((row) => row.textContent);
    expect(rows).toHaveLength(3);
    expect(rows[0]).toBe("handbook/list.md2 records");
    expect(rows[1]).toContain("First partNew");
    expect(rows[2]).toContain("Second partUpdated");
  });

  test("each near duplicate is imported or left out as chosen, one by one or all at once", async () => {
    const near = (path: string, record: typeof action | null, records: number) => ({
      path,
      like: "Page A",
      record,
      score: 0.9,
      records,
    });
    const nearDuplicates = [near("one.md", action, 1), near("two.md", null, 3)];
    const engine = engineWith(
      { now: job("import", "running") },
      { jobs: { result: () => ({ ...report, records: 6, nearDuplicates }) } },
    );
    show();
    chooseFolder();
    await userEvent.click(await screen.findByRole("tab", { name: /^Near duplicates/u }));
    expect(screen.getByRole("link", { name: "Page A" }).getAttribute("href")).toContain(action);
    const all = screen.getByRole("checkbox", { name: /^Import all near duplicates/u });
    await userEvent.click(all);
    expect(screen.getByRole("button", { name: "Import 2 records" })).toBeDefined();
    await userEvent.click(screen.getByRole("checkbox", { name: "one.md" }));
    expect(all.getAttribute("aria-checked")).toBe("mixed");
    await userEvent.click(screen.getByRole("button", { name: "Import 3 records" }));
    await waitFor(() =>
      expect(engine.calls("transfers.importSelection").at(-1)?.input).toMatchObject({
        dryRun: false,
        options: { nearChoices: [{ path: "two.md", choice: "skip" }] },
      }),
    );
  });

  test("choosing something else lets the brought files go", async () => {
    const engine = engineWith({ now: job("import", "running") });
    show();
    chooseFolder();
    await userEvent.click(await screen.findByRole("button", { name: "Choose something else" }));
    await waitFor(() => expect(engine.calls("transfers.dropSelection")).toHaveLength(1));
    expect(screen.getByRole("button", { name: "Choose a folder" })).toBeDefined();
  });
});

describe("while it runs and after", () => {
  test("progress survives going elsewhere, the result stays, and one click takes it back", async () => {
    const running = { now: job("import", "running", 1) };
    const engine = engineWith(running);
    show();
    chooseFolder();
    await userEvent.click(await screen.findByRole("button", { name: "Import 2 records" }));
    expect(await screen.findByText("1 of 4")).toBeDefined();
    act(() => navigate({ screen: "home" }));
    expect(screen.getByText("elsewhere")).toBeDefined();
    act(() => navigate({ screen: "import" }));
    act(() => engine.announce("job.progress", job("import", "running", 3)));
    expect(await screen.findByText("3 of 4")).toBeDefined();
    running.now = job("import", "done", 4);
    act(() => engine.announce("job.progress", running.now));
    expect(await screen.findByText(/2 new, 1 duplicate, 1 failed/u)).toBeDefined();
    await userEvent.click(screen.getByRole("button", { name: "Undo the import" }));
    await waitFor(() =>
      expect(engine.calls("records.undo").map(({ input }) => input)).toEqual([{ action }]),
    );
    engine.assertPrepared();
  });

  test("Cancel asks the engine to stop", async () => {
    const engine = engineWith({ now: job("import", "running", 1) });
    show();
    chooseFolder();
    await userEvent.click(await screen.findByRole("button", { name: "Import 2 records" }));
    await userEvent.click(await screen.findByRole("button", { name: "Cancel" }));
    await waitFor(() =>
      expect(engine.calls("jobs.cancel").map(({ input }) => input)).toContainEqual({
        id: "import",
      }),
    );
  });

  test("a failed import says its reason and offers to choose again", async () => {
    const failure = "The folder went away while it was read. Choose it again.";
    engineWith({ now: { ...job("import", "failed"), failure } });
    show();
    chooseFolder();
    await userEvent.click(await screen.findByRole("button", { name: "Import 2 records" }));
    expect(await screen.findByText(failure)).toBeDefined();
    expect(screen.getByRole("button", { name: "Import something else" })).toBeDefined();
  });
});

test("earlier imports are listed with their counts and their undo; what was taken back says so", async () => {
  const entry = (id: string, undone: boolean, kept = 0) => ({
    id: recordIdSchema.parse("0".repeat(25) + id),
    at: "2026-11-20T09:00:00.000Z",
    name: `import ${id}`,
    report: { ...report, dryRun: false, action },
    undone,
    kept,
  });
  engineWith(
    { now: job("import", "running") },
    { transfers: { imports: () => [entry("1", false), entry("2", true), entry("3", true, 2)] } },
  );
  show();
  const first = (await screen.findByText("import 1")).closest("li");
  const second = screen.getByText("import 2").closest("li");
  expect(within(first!).getByRole("button", { name: "Undo the import" })).toBeDefined();
  expect(within(second!).getByText("Taken back")).toBeDefined();
  expect(within(second!).queryByRole("button", { name: "Undo the import" })).toBeNull();
  const third = screen.getByText("import 3").closest("li");
  expect(within(third!).getByText(/2 records were kept, because somebody/u)).toBeDefined();
});
