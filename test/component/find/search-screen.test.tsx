import { fakeEngine } from "#test/support/fake-engine.ts";
import { act, cleanup, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, test } from "vitest";
import { currentRoute } from "#renderer/platform/navigation.tsx";
import { type Answer, around, field, found, idOf, show } from "#test/support/search-screen-bed.tsx";

afterEach(cleanup);

describe("while one types", () => {
  test("the field has the focus, and the first letter already asks", async () => {
    const engine = fakeEngine({ search: { ...around, query: () => found("Refunds") } });
    show("");
    expect(document.activeElement).toBe(field());
    await userEvent.keyboard("r");
    expect(await screen.findByRole("link", { name: "Refunds" })).toBeDefined();
    expect(engine.calls("search.query").at(-1)?.input).toMatchObject({ text: "r" });
    engine.assertPrepared();
  });

  test("a key asks once, and the beginning stands until its answer is here", async () => {
    const later = Promise.withResolvers<Answer>();
    const engine = fakeEngine({
      search: { ...around, query: ({ text }) => (text === "n" ? later.promise : found("Any")) },
    });
    const beginning = () => screen.queryByRole("heading", { name: "Ways to ask" });
    show("");
    await userEvent.keyboard("n");
    expect(beginning()).not.toBeNull();
    const asked = engine.calls("search.query").map(({ input }) => input as { text: string });
    expect(asked.filter(({ text }) => text === "n")).toHaveLength(1);
    act(() => later.resolve(found("New")));
    expect(await screen.findByRole("link", { name: "New" })).toBeDefined();
    expect(beginning()).toBeNull();
  });

  test("where the first answer takes long, the screen says that it searches", async () => {
    const never = Promise.withResolvers<Answer>();
    fakeEngine({
      search: { ...around, query: ({ text }) => (text === "n" ? never.promise : found("Any")) },
    });
    show("");
    await userEvent.keyboard("n");
    expect(await screen.findByRole("status", { name: "Searching" })).toBeDefined();
    expect(screen.queryByRole("link", { name: "Any" })).toBeNull();
  });

  test("an emptied field shows no results, and keeps their rows for the next ones", async () => {
    fakeEngine({ search: { ...around, query: ({ text }) => found(`First for ${text}`) } });
    show("old");
    const row = (await screen.findByRole("link", { name: "First for old" })).closest("li");
    await userEvent.clear(field());
    expect(screen.queryByRole("link", { name: "First for old" })).toBeNull();
    expect(document.querySelector("[data-answers]")).toBeNull();
    await userEvent.keyboard("n");
    const next = await screen.findByRole("link", { name: "First for n" });
    expect(next.closest("li")).toBe(row);
  });

  test("the next answer changes the rows in place", async () => {
    const engine = fakeEngine({
      search: { ...around, query: ({ text }) => found(`First for ${text}`, "Second") },
    });
    show("");
    await userEvent.keyboard("r");
    const row = (await screen.findByRole("link", { name: "First for r" })).closest("li");
    await userEvent.keyboard("e");
    const next = (await screen.findByRole("link", { name: "First for re" })).closest("li");
    expect(next).toBe(row);
    engine.assertPrepared();
  });

  test("after walking through the results the next question begins at the first again", async () => {
    const engine = fakeEngine({
      search: { ...around, query: ({ text }) => found(`First for ${text}`, "Second") },
    });
    show("r");
    await screen.findByRole("link", { name: "First for r" });
    await userEvent.keyboard("{ArrowDown}{ArrowDown}");
    expect(document.activeElement).toBe(screen.getByRole("link", { name: "Second" }));
    await userEvent.click(field());
    await userEvent.keyboard("{End}e");
    await screen.findByRole("link", { name: "First for re" });
    expect(document.activeElement).toBe(field());
    await userEvent.keyboard("{ArrowDown}");
    expect(document.activeElement).toBe(screen.getByRole("link", { name: "First for re" }));
    engine.assertPrepared();
  });

  test("a field that was emptied begins anew, without the results of before", async () => {
    const later = Promise.withResolvers<Answer>();
    fakeEngine({
      search: { ...around, query: ({ text }) => (text === "n" ? later.promise : found("Old")) },
    });
    show("old");
    await screen.findByRole("link", { name: "Old" });
    await userEvent.clear(field());
    await userEvent.keyboard("n");
    expect(screen.queryByRole("link", { name: "Old" })).toBeNull();
    act(() => later.resolve(found("New")));
    expect(await screen.findByRole("link", { name: "New" })).toBeDefined();
  });

  test("an answer to an older question that comes late is dropped", async () => {
    const answers = new Map<string, (answer: Answer) => void>();
    const engine = fakeEngine({
      search: {
        ...around,
        query: ({ text }) => {
          const { promise, resolve } = Promise.withResolvers<Answer>();
          answers.set(text, resolve);
          return promise;
        },
      },
    });
    show("");
    await userEvent.keyboard("re");
    await waitFor(() => expect(answers.has("re")).toBe(true));
    act(() => answers.get("re")?.(found("The newer answer")));
    expect(await screen.findByRole("link", { name: "The newer answer" })).toBeDefined();
    await act(async () => answers.get("r")?.(found("The older answer")));
    expect(screen.queryByRole("link", { name: "The older answer" })).toBeNull();
    expect(screen.getByRole("link", { name: "The newer answer" })).toBeDefined();
    engine.assertPrepared();
  });

  test("the last results stay until the next ones are here", async () => {
    const second = Promise.withResolvers<Answer>();
    fakeEngine({
      search: { ...around, query: ({ text }) => (text === "a" ? found("Kept") : second.promise) },
    });
    show("a");
    await screen.findByRole("link", { name: "Kept" });
    await userEvent.keyboard("b");
    expect(screen.getByRole("link", { name: "Kept" })).toBeDefined();
    await act(async () => second.resolve(found("Next")));
    expect(await screen.findByRole("link", { name: "Next" })).toBeDefined();
    expect(screen.queryByRole("link", { name: "Kept" })).toBeNull();
  });

  test("a question that was overtaken is dropped, and asked anew once it is wanted again", async () => {
    const overtaken = Promise.withResolvers<Answer>();
    let asked = 0;
    const query = ({ text }: { readonly text: string }) => {
      asked += text === "a" ? 1 : 0;
      return text === "a" && asked === 1 ? overtaken.promise : found(`For ${text}`);
    };
    fakeEngine({ search: { ...around, query } });
    show("a");
    await userEvent.keyboard("b");
    await screen.findByRole("link", { name: "For ab" });
    await userEvent.keyboard("{Backspace}");
    await act(async () => overtaken.reject(new Error("A newer search came before its turn.")));
    expect(await screen.findByRole("link", { name: "For a" })).toBeDefined();
    expect(screen.queryByText("A newer search came before its turn.")).toBeNull();
  });

  test("a hit says what it is, whose, how far to rely on it, and where the word stands", async () => {
    fakeEngine({ search: { ...around, query: () => found("Refunds") } });
    show("refund");
    const row = (await screen.findByRole("link", { name: "Refunds" })).closest("li");
    const words = within(row!);
    for (const word of ["Playbook", "Billing", "Expired", "Step"]) {
      expect(words.getByText(word)).toBeDefined();
    }
    expect(row!.querySelector("mark")?.textContent).toBe("refund");
  });

  test("a refused search is told, with the engine's own sentence", async () => {
    const { ExpectedFailure } = await import("#shared/rpc/wire.ts");
    fakeEngine({
      search: {
        ...around,
        query: () => {
          throw new ExpectedFailure("busy", "The index is being rebuilt. Try again in a minute.");
        },
      },
    });
    show("refund");
    expect(await screen.findByText(/index is being rebuilt/u)).toBeDefined();
  });
});

test("while the index is made anew the screen says how far it is", async () => {
  const rebuilding = { done: 400, total: 1000 };
  fakeEngine({ search: { ...around, query: () => ({ ...found("New"), rebuilding }) } });
  show("refund");
  expect(await screen.findByText("400 of 1,000")).toBeDefined();
  expect(screen.getByRole("link", { name: "New" })).toBeDefined();
});

describe("filters", () => {
  const chip = {
    operator: "department" as const,
    value: "Billing",
    negated: false,
    text: "department:Billing",
    known: true,
  };
  const facets = [
    { operator: "tag" as const, values: [{ value: "near-miss", label: "near-miss", count: 3 }] },
    {
      operator: "department" as const,
      values: [{ value: "Billing", label: "Billing", count: 2 }],
    },
  ];

  test("a chip takes its operator out of the query and leaves the rest", async () => {
    fakeEngine({ search: { ...around, query: () => ({ ...found("A"), chips: [chip] }) } });
    show("refund department:Billing late");
    await userEvent.click(
      await screen.findByRole("button", { name: "Remove the filter department Billing" }),
    );
    expect(currentRoute()).toMatchObject({ query: "refund late" });
    expect(document.activeElement).toBe(field());
  });

  test("a counted value writes its operator, and takes it out again", async () => {
    fakeEngine({
      search: {
        ...around,
        query: ({ text }) => ({
          ...found("A"),
          facets,
          chips: text.includes("department:Billing") ? [chip] : [],
        }),
      },
    });
    show("refund");
    const panel = within(await screen.findByRole("complementary", { name: "Filters" }));
    await userEvent.click(await panel.findByRole("button", { name: /Billing/u }));
    expect(currentRoute()).toMatchObject({ query: "department:Billing refund" });
    await waitFor(() =>
      expect(panel.getByRole("button", { name: /Billing/u, pressed: true })).toBeDefined(),
    );
    await userEvent.click(panel.getByRole("button", { name: /Billing/u }));
    expect(currentRoute()).toMatchObject({ query: "refund" });
  });

  test("values are counted once the typing rests, and not for each key", async () => {
    const counted: string[] = [];
    fakeEngine({
      search: {
        ...around,
        query: ({ text, facets: counts }) => {
          if (counts) counted.push(text);
          return { ...found("A"), facets };
        },
      },
    });
    show("re");
    await screen.findByRole("button", { name: /Billing/u });
    await userEvent.type(field(), "fund");
    await waitFor(() => expect(counted).toEqual(["re", "refund"]));
  });

  test("typing an operator offers the values there are, and Enter takes one", async () => {
    const engine = fakeEngine({
      search: {
        ...around,
        query: () => found("A"),
        operatorValues: () => [
          { value: "Customer Support", label: "Customer Support", count: 7 },
          { value: "Billing", label: "Billing", count: 2 },
        ],
      },
    });
    show("");
    await userEvent.keyboard("late dep");
    expect(screen.queryByRole("listbox")).toBeNull();
    await userEvent.keyboard("artment:c");
    const options = await screen.findAllByRole("option");
    expect(options.map((option) => option.textContent)).toEqual(["Customer Support7", "Billing2"]);
    await userEvent.keyboard("{Enter}");
    expect(currentRoute()).toMatchObject({ query: 'late department:"Customer Support" ' });
    expect(screen.queryByRole("listbox")).toBeNull();
    engine.assertPrepared();
  });
});

test("what no longer fits what is typed cannot be taken while the next offer is on its way", async () => {
  const waiting = Promise.withResolvers<never>();
  fakeEngine({
    search: {
      ...around,
      query: () => found("A"),
      operatorValues: ({ text }) =>
        text === ""
          ? [
              { value: "Customer Support", label: "Customer Support", count: 7 },
              { value: "Billing", label: "Billing", count: 2 },
            ]
          : waiting.promise,
    },
  });
  show("");
  await userEvent.keyboard("department:");
  expect(await screen.findAllByRole("option")).toHaveLength(2);
  await userEvent.keyboard("bil{Tab}");
  expect(currentRoute()).toMatchObject({ query: "department:Billing " });
});

describe("by keyboard", () => {
  test("Down leads into the results, Up and Escape lead back", async () => {
    fakeEngine({ search: { ...around, query: () => found("First", "Second") } });
    show("a");
    await screen.findByRole("link", { name: "First" });
    await userEvent.keyboard("{ArrowDown}");
    expect(document.activeElement?.textContent).toBe("First");
    await userEvent.keyboard("{ArrowDown}");
    expect(document.activeElement?.textContent).toBe("Second");
    await userEvent.keyboard("{ArrowDown}");
    expect(document.activeElement?.textContent).toBe("Second");
    await userEvent.keyboard("{ArrowUp}{ArrowUp}");
    expect(document.activeElement).toBe(field());
    await userEvent.keyboard("{ArrowDown}{Escape}");
    expect(document.activeElement).toBe(field());
  });

  test("Enter on a result opens it", async () => {
    fakeEngine({ search: { ...around, query: () => found("First", "Second") } });
    show("a");
    await screen.findByRole("link", { name: "First" });
    await userEvent.keyboard("{ArrowDown}{ArrowDown}{Enter}");
    expect(currentRoute()).toEqual({ screen: "record", id: idOf(2) });
  });
});

describe("saved searches", () => {
  test("a search is kept under a name, together with its order", async () => {
    const engine = fakeEngine({
      search: { ...around, query: () => found("A"), save: () => ({ id: "s1" }) },
    });
    show("type:lesson refund ");
    await userEvent.click(await screen.findByRole("button", { name: "Save" }));
    const name = await screen.findByRole("textbox", { name: "Name" });
    await userEvent.clear(name);
    await userEvent.type(name, "Refund lessons{Enter}");
    await waitFor(() =>
      expect(engine.calls("search.save").map(({ input }) => input)).toEqual([
        { name: "Refund lessons", text: "type:lesson refund", sort: "relevance" },
      ]),
    );
  });

  test("an empty field lists them; removing one can be taken back", async () => {
    const entry = {
      id: "s1",
      name: "Mine",
      text: "tag:x",
      sort: "date" as const,
      count: 4,
    };
    const engine = fakeEngine({
      search: {
        ...around,
        saved: () => [entry],
        removeSaved: () => ({}),
        save: () => ({ id: "s2" }),
      },
    });
    show("");
    await userEvent.click(await screen.findByRole("button", { name: "Remove Mine" }));
    await userEvent.click(await screen.findByRole("button", { name: "Undo" }));
    expect(engine.calls("search.removeSaved")).toHaveLength(1);
    await waitFor(() =>
      expect(engine.calls("search.save").map(({ input }) => input)).toEqual([
        { name: "Mine", text: "tag:x", sort: "date" },
      ]),
    );
  });
});
