import { fakeEngine } from "#test/support/fake-engine.ts";
import { cleanup, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test } from "vitest";
import { ConflictsScreen } from "#renderer/features/conflicts/conflicts-screen.tsx";
import { MergeScreen } from "#renderer/features/conflicts/merge-screen.tsx";
import type { RecordView } from "#shared/contract/record-shapes.ts";
import { changeIdSchema } from "#shared/domain/ids.ts";
import { ExpectedFailure } from "#shared/rpc/wire.ts";
import { idOf, mara, recordView, versionAt } from "#test/support/record-views.ts";
import { renderScreen } from "#test/support/render-screen.tsx";

const people = [
  mara,
  { ...mara, id: idOf(901), title: "Ben Example" },
  { ...mara, id: idOf(902), title: "Cleo Example" },
];
let engine: ReturnType<typeof fakeEngine>;

// jsdom lays nothing out; the editor measures its text.
Object.assign(Range.prototype, {
  getClientRects: () => [],
  getBoundingClientRect: () => new DOMRect(),
});
let refuse = false;

afterEach(() => {
  cleanup();
  refuse = false;
  engine.assertPrepared();
});

function clashing(base: string, texts: readonly string[]): RecordView {
  return recordView({
    body: texts[0] ?? "",
    conflicts: [
      {
        path: "body",
        base,
        values: texts.map((value, index) => ({
          value,
          by: people[index] ?? null,
          at: "2026-11-01T10:00:00.000Z",
          change: changeIdSchema.parse(`${String(index).repeat(20)}-0-${String(index + 1)}-000000`),
        })),
      },
    ],
  });
}

function show(record: RecordView): void {
  engine = fakeEngine({
    records: {
      get: () => record,
      edit: () => {
        if (refuse) throw new ExpectedFailure("not_permitted", "Nothing was written. Ask a lead.");
        return { id: record.id, revision: 4, action: idOf(77) };
      },
    },
  });
  renderScreen({ screen: "merge", id: record.id, path: "body" }, (route) =>
    route.screen === "merge" ? <MergeScreen route={route} /> : <p>reading</p>,
  );
}

const save = () => screen.findByRole("button", { name: "Save as a new revision" });
const sent = () => engine.calls("records.edit").at(-1)?.input;

test("nothing is saved before every place is decided, and then what was taken", async () => {
  show(
    clashing("Within two days. Warm regards from us all, always.", [
      "Within one day. Warm regards from us all, always.",
      "Within an hour. Kind regards from us all, ever.",
    ]),
  );
  expect(await save()).toHaveProperty("disabled", true);
  const place = screen.getByRole("group", { name: /^Place 1 of 1/u });
  expect(within(place).getByText("two days")).toBeTruthy();
  await userEvent.click(
    screen.getByRole("button", { name: "Take this: Ben Example, place 1 of 1" }),
  );
  expect(await screen.findByText("Every place is decided")).toBeTruthy();
  await userEvent.click(await save());
  expect(await screen.findByText("reading")).toBeTruthy();
  expect(sent()).toEqual({
    id: idOf(1),
    base: versionAt(3),
    fields: {},
    body: "Within an hour. Kind regards from us all, ever.",
    note: "Merged what was written at the same time",
  });
});

test("a refusal stands on the page, and what was merged is still there", async () => {
  refuse = true;
  show(clashing("two days", ["one day", "an hour"]));
  await userEvent.click(await screen.findByRole("button", { name: "Take both, place 1 of 1" }));
  await userEvent.click(await save());
  expect(await screen.findByText("Nothing was written. Ask a lead.")).toBeTruthy();
  expect(screen.getByRole("textbox", { name: "The merged text" })).toHaveProperty(
    "textContent",
    expect.stringContaining("one day an hour"),
  );
});

test("three versions are merged two at a time", async () => {
  show(clashing("two days", ["one day", "an hour", "a week"]));
  await userEvent.click(
    await screen.findByRole("button", { name: "Take this: Ben Example, place 1 of 1" }),
  );
  await userEvent.click(screen.getByRole("button", { name: "Next: Cleo Example" }));
  expect(await screen.findByText(/^Step 2 of 2/u)).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "Take both, place 1 of 1" }));
  await userEvent.click(await save());
  await waitFor(() => expect(sent()).toMatchObject({ body: "an hour a week" }));
});

test("a text that somebody has settled meanwhile has nothing to merge", async () => {
  show(recordView());
  expect(await screen.findByText("There is nothing to merge here")).toBeTruthy();
});

test("the list names each record with its places and people", async () => {
  engine = fakeEngine({
    sharing: {
      conflicts: () => [
        {
          id: idOf(1),
          type: "playbook",
          title: "Refund disputes",
          paths: ["risk_tier", "body"],
          people: ["Mara Example", "Ben Example"],
          at: "2026-11-01T10:00:00.000Z",
        },
      ],
    },
  });
  renderScreen({ screen: "conflicts" }, () => <ConflictsScreen />);
  expect(await screen.findByRole("link", { name: "Refund disputes" })).toBeTruthy();
  expect(screen.getByText("Risk tier and Text, by Mara Example and Ben Example")).toBeTruthy();
});
