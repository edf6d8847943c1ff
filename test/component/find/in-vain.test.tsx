import { fakeEngine } from "#test/support/fake-engine.ts";
import { cleanup, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, test } from "vitest";
import { currentRoute } from "#renderer/platform/navigation.tsx";
import { around, found, idOf, nothing, show } from "#test/support/search-screen-bed.tsx";

afterEach(cleanup);

describe("nothing found", () => {
  test("the nearest words are one click away", async () => {
    fakeEngine({
      search: {
        ...around,
        query: ({ text }) =>
          text === "refnd" ? { ...nothing, suggestion: "refund" } : found("Refunds"),
      },
    });
    show("refnd");
    await userEvent.click(await screen.findByRole("button", { name: "refund" }));
    expect(currentRoute()).toMatchObject({ query: "refund" });
    expect(await screen.findByRole("link", { name: "Refunds" })).toBeDefined();
  });

  test("hits with the nearest words say so, and asking stays possible", async () => {
    fakeEngine({
      search: {
        ...around,
        query: ({ text }) => ({
          ...found("Refunds"),
          suggestion: text === "refnd" ? "refund" : null,
        }),
      },
    });
    show("refnd");
    expect(await screen.findByRole("link", { name: "Refunds" })).toBeDefined();
    expect(screen.getByRole("button", { name: "Ask for it" })).toBeDefined();
    await userEvent.click(screen.getByRole("button", { name: "refund" }));
    await waitFor(() => expect(screen.queryByText(/Did you mean/u)).toBeNull());
    expect(screen.queryByRole("button", { name: "Ask for it" })).toBeNull();
  });

  test("hits for corrected words say what was typed and what was found instead", async () => {
    fakeEngine({
      search: { ...around, query: () => ({ ...found("Refunds"), corrected: "refund" }) },
    });
    show("refnd");
    await screen.findByRole("link", { name: "Refunds" });
    const said = screen.getByText(/Nothing has/u);
    expect(said.textContent).toBe("Nothing has refnd. These are the results for refund.");
    expect(screen.getByRole("button", { name: "Ask for it" })).toBeDefined();
  });

  test("where somebody asked for the same, the click is a vote and says so", async () => {
    fakeEngine({
      search: {
        ...around,
        query: () => nothing,
        requestUnanswered: () => ({ request: idOf(44), fresh: false, action: null }),
      },
    });
    show("holographic refunds");
    await userEvent.click(await screen.findByRole("button", { name: "Ask for it" }));
    expect(await screen.findByText("Somebody asked for this before you")).toBeDefined();
    await userEvent.click(screen.getByRole("link", { name: "Open the request" }));
    expect(currentRoute()).toEqual({ screen: "record", id: idOf(44) });
  });

  test("one click turns the words, without the filters, into a request", async () => {
    const chip = {
      operator: "type" as const,
      value: "lesson",
      negated: false,
      text: "type:lesson",
      known: true,
    };
    const engine = fakeEngine({
      search: {
        ...around,
        query: () => ({ ...nothing, chips: [chip] }),
        requestUnanswered: () => ({ request: idOf(44), fresh: true, action: idOf(45) }),
      },
    });
    show("type:lesson holographic refunds");
    await userEvent.click(await screen.findByRole("button", { name: "Ask for it" }));
    const opened = await screen.findByRole("link", { name: "Open the request" });
    expect(engine.calls("search.requestUnanswered").map(({ input }) => input)).toEqual([
      { text: "holographic refunds" },
    ]);
    await userEvent.click(opened);
    expect(currentRoute()).toEqual({ screen: "record", id: idOf(44) });
  });
});

describe("a search that ends", () => {
  const ended = (engine: ReturnType<typeof fakeEngine>) =>
    engine.calls("search.ended").map(({ input }) => input);

  test("is told of once when its field is emptied, in the words that were answered", async () => {
    const engine = fakeEngine({ search: { ...around, query: () => nothing } });
    show("");
    await userEvent.keyboard("holo");
    await screen.findByText(/Nothing found for/u);
    await waitFor(() => expect(document.querySelector("[data-answers=holo]")).not.toBeNull());
    expect(ended(engine)).toEqual([]);
    await userEvent.click(screen.getByRole("button", { name: "Clear the search" }));
    await waitFor(() => expect(ended(engine)).toEqual([{ text: "holo", opened: false }]));
    cleanup();
    expect(ended(engine)).toHaveLength(1);
  });

  test("says whether one of its hits was opened", async () => {
    const engine = fakeEngine({ search: { ...around, query: () => found("Refunds") } });
    show("refund");
    await userEvent.click(await screen.findByRole("link", { name: "Refunds" }));
    await screen.findByText("elsewhere");
    await waitFor(() => expect(ended(engine)).toEqual([{ text: "refund", opened: true }]));
  });
});

describe("searches in vain", () => {
  const entry = {
    text: "holographic refunds",
    count: 3,
    lastAt: "2026-11-01T10:00:00.000Z",
    found: 0,
    request: null,
  };

  test("can be asked for, and forgotten", async () => {
    let kept = [entry, { ...entry, text: "zebra", count: 1 }];
    const engine = fakeEngine({
      search: {
        ...around,
        unanswered: () => kept,
        requestUnanswered: () => ({ request: idOf(44), fresh: true, action: idOf(45) }),
        forgetUnanswered: ({ texts }) => {
          kept = kept.filter(({ text }) => texts !== undefined && !texts.includes(text));
          return { forgotten: 1 };
        },
      },
    });
    show("");
    await userEvent.click(
      await screen.findByRole("button", { name: "Ask for it: holographic refunds" }),
    );
    expect(await screen.findByText("The request is filed.")).toBeDefined();
    expect(engine.calls("search.requestUnanswered").at(-1)?.input).toEqual({
      text: "holographic refunds",
    });
    await userEvent.click(screen.getByRole("button", { name: "Forget zebra" }));
    await waitFor(() => expect(screen.queryByText("zebra")).toBeNull());
    await userEvent.click(screen.getByRole("button", { name: "Forget all" }));
    await waitFor(() => expect(screen.queryByText("Searched for in vain")).toBeNull());
    engine.assertPrepared();
  });

  test("lead to what was asked or written since", async () => {
    const asked = { id: idOf(44), type: "request", title: "Zebra" };
    fakeEngine({
      search: {
        ...around,
        unanswered: () => [
          { ...entry, found: 2 },
          { ...entry, text: "zebra", request: asked },
        ],
      },
    });
    show("");
    expect(await screen.findByText("2 found by now")).toBeDefined();
    await userEvent.click(screen.getByRole("link", { name: "Asked for" }));
    expect(currentRoute()).toEqual({ screen: "record", id: idOf(44) });
  });
});
