import { fakeEngine } from "#test/support/fake-engine.ts";
import { cleanup, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, test } from "vitest";
import { VocabularyScreen } from "#renderer/features/vocabulary/vocabulary-screen.tsx";
import type { VocabularyEntry } from "#shared/contract/search.ts";
import type { HeldRole, SharingState } from "#shared/contract/sharing.ts";
import { idOf } from "#test/support/record-views.ts";
import { renderScreen } from "#test/support/render-screen.tsx";
import { alone, sharingState } from "#test/support/sharing-views.ts";

const withRole = (role: HeldRole["role"]): SharingState =>
  sharingState({ roles: [{ role, departments: null }] });

const starter: VocabularyEntry = {
  name: "large language model",
  words: ["large language model", "LLM", "GPT"],
  from: "starter",
  term: null,
  inForce: true,
  records: 0,
};
const own: VocabularyEntry = {
  name: "ticket",
  words: ["ticket", "case", "incident"],
  from: "workspace",
  term: idOf(1),
  inForce: true,
  records: 0,
};
const acronym: VocabularyEntry = {
  name: "RMA",
  words: ["RMA", "return merchandise authorisation"],
  from: "texts",
  term: null,
  inForce: true,
  records: 2,
};

function show(entries: readonly VocabularyEntry[], sharing: SharingState = alone) {
  const engine = fakeEngine({
    sharing: { state: () => sharing },
    search: { vocabulary: () => [...entries] },
    records: {
      create: () => ({ id: idOf(9), revision: 1, action: idOf(10) }),
      edit: ({ id }) => ({ id, revision: 2, action: idOf(11) }),
      remove: () => ({ removed: 1, action: idOf(12) }),
    },
  });
  renderScreen({ screen: "list", type: "vocabulary_term" }, () => <VocabularyScreen />);
  return engine;
}

const list = async (name: string) => within(await screen.findByRole("list", { name }));
const inputs = (engine: ReturnType<typeof show>, name: string) =>
  engine.calls(name).map(({ input }) => input);

afterEach(cleanup);

describe("the vocabulary", () => {
  test("shows own terms, what Guildhall brings along and acronyms, each with its words", async () => {
    const engine = show([own, starter, acronym]);
    expect((await list("Here")).getByText("case, incident")).toBeDefined();
    expect((await list("Brought along by Guildhall")).getByText("LLM, GPT")).toBeDefined();
    const explained = await list("Explained in records");
    expect(explained.getByText("explained in 2 records")).toBeDefined();
    expect(explained.getByRole("button", { name: "Switch off RMA" })).toBeDefined();
    engine.assertPrepared();
  });

  test("says what it is for where nobody has added anything", async () => {
    show([starter]);
    expect(await screen.findByText(/No words of your own yet/u)).toBeDefined();
    expect(screen.getByRole("button", { name: "Add words" })).toBeDefined();
  });

  test("is found in by any of its words", async () => {
    show([own, starter]);
    await userEvent.type(await screen.findByRole("searchbox", { name: "Find a word" }), "gpt");
    expect(screen.queryByText("ticket")).toBeNull();
    expect(screen.getByText("large language model")).toBeDefined();
    await userEvent.keyboard("x");
    expect(screen.getByText("No entry has “gptx”.")).toBeDefined();
  });
});

describe("its keeper", () => {
  test("adds words, one a line or parted by commas, each once", async () => {
    const engine = show([], withRole("steward"));
    await userEvent.click(await screen.findByRole("button", { name: "Add words" }));
    await userEvent.type(screen.getByRole("textbox", { name: "Word" }), " invoice ");
    await userEvent.type(
      screen.getByRole("textbox", { name: "Also said" }),
      "bill, Invoice{Enter}bill{Enter}payment   demand",
    );
    await userEvent.click(screen.getByRole("button", { name: "Keep" }));
    await waitFor(() =>
      expect(inputs(engine, "records.create")).toEqual([
        {
          type: "vocabulary_term",
          fields: { name: "invoice", synonyms: ["bill", "payment demand"] },
        },
      ]),
    );
    await waitFor(() => expect(screen.queryByRole("textbox", { name: "Word" })).toBeNull());
    expect(screen.getByRole("button", { name: "Undo" })).toBeDefined();
  });

  test("is told what is missing, and of a name that is taken", async () => {
    const engine = show([own]);
    await userEvent.click(await screen.findByRole("button", { name: "Add words" }));
    await userEvent.click(screen.getByRole("button", { name: "Keep" }));
    expect(screen.getByText("Give the word.")).toBeDefined();
    expect(screen.getByText("Give at least one other word for it.")).toBeDefined();
    await userEvent.type(screen.getByRole("textbox", { name: "Word" }), "Ticket");
    expect(screen.getByText(/There is a term of that name/u)).toBeDefined();
    expect(inputs(engine, "records.create")).toEqual([]);
  });

  test("changes an own term in its record", async () => {
    const engine = show([own, starter]);
    await userEvent.click(await screen.findByRole("button", { name: "Change ticket" }));
    const others = screen.getByRole("textbox", { name: "Also said" });
    await userEvent.clear(others);
    await userEvent.type(others, "case");
    await userEvent.click(screen.getByRole("button", { name: "Keep" }));
    await waitFor(() =>
      expect(inputs(engine, "records.edit")).toEqual([
        { id: idOf(1), fields: { name: "ticket", synonyms: ["case"] } },
      ]),
    );
  });

  test("changes what Guildhall brings along by a term that takes its place", async () => {
    const engine = show([starter]);
    await userEvent.click(
      await screen.findByRole("button", { name: "Change large language model" }),
    );
    await userEvent.type(screen.getByRole("textbox", { name: "Also said" }), "{Enter}the model");
    await userEvent.click(screen.getByRole("button", { name: "Keep" }));
    await waitFor(() =>
      expect(inputs(engine, "records.create")).toEqual([
        {
          type: "vocabulary_term",
          fields: { name: "large language model", synonyms: ["LLM", "GPT", "the model"] },
        },
      ]),
    );
  });

  test("switches off what Guildhall brings along, and uses it again", async () => {
    const engine = show([starter]);
    await userEvent.click(
      await screen.findByRole("button", { name: "Switch off large language model" }),
    );
    await waitFor(() =>
      expect(inputs(engine, "records.create")).toEqual([
        { type: "vocabulary_term", fields: { name: "large language model", switched_off: true } },
      ]),
    );
    cleanup();
    const { name } = starter;
    const off = { ...own, name, words: [name], inForce: false };
    const again = show([off, { ...starter, inForce: false, term: idOf(1) }]);
    const brought = await list("Brought along by Guildhall");
    expect(brought.getByText("Switched off")).toBeDefined();
    // What only switches something off is no term of its own.
    expect(screen.queryByRole("list", { name: "Here" })).toBeNull();
    await userEvent.click(brought.getByRole("button", { name: `Use again: ${name}` }));
    await waitFor(() => expect(inputs(again, "records.remove")).toEqual([{ ids: [idOf(1)] }]));
  });

  test("switches an own term off in its record, and leaves its words there", async () => {
    const engine = show([own]);
    await userEvent.click(await screen.findByRole("button", { name: "Switch off ticket" }));
    await waitFor(() =>
      expect(inputs(engine, "records.edit")).toEqual([
        { id: idOf(1), fields: { switched_off: true } },
      ]),
    );
    cleanup();
    const again = show([{ ...own, inForce: false }]);
    await userEvent.click(await screen.findByRole("button", { name: "Use again: ticket" }));
    await waitFor(() =>
      expect(inputs(again, "records.edit")).toEqual([
        { id: idOf(1), fields: { switched_off: null } },
      ]),
    );
  });

  test("sees that an own term stands in the place of what Guildhall brings along", async () => {
    const mine = { ...own, name: starter.name };
    show([mine, { ...starter, inForce: false, term: idOf(1) }]);
    const brought = await list("Brought along by Guildhall");
    expect(brought.getByText("Yours is used")).toBeDefined();
    expect(brought.queryByRole("button")).toBeNull();
  });
});

describe("a member", () => {
  test("reads the list, and is told who keeps it", async () => {
    show([own, starter], withRole("member"));
    expect(await screen.findByText(/Stewards and leads keep this list/u)).toBeDefined();
    expect((await list("Here")).getByText("case, incident")).toBeDefined();
    expect(screen.queryByRole("button", { name: /Add|Change|Switch|Remove/u })).toBeNull();
  });
});
