import { fakeEngine } from "#test/support/fake-engine.ts";
import { cleanup, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Switcher } from "#renderer/features/switcher/switcher.tsx";
import { fit, readQuestion } from "#renderer/features/switcher/switcher-entries.ts";
import type { Output } from "#renderer/platform/api.ts";
import { addCommands } from "#renderer/platform/commands.ts";
import { currentRoute } from "#renderer/platform/navigation.tsx";
import { recordIdSchema } from "#shared/domain/ids.ts";
import { renderScreen } from "#test/support/render-screen.tsx";

type Found = Output<"search", "switcher">[number];

const titles = ["Answer an invoice dispute", "Answer leave questions", "Calm a complaint"];

function found(title: string, number: number): Found {
  return {
    kind: "record",
    id: number.toString().padStart(26, "0"),
    type: "playbook",
    title,
    titleRuns: [{ text: title, hit: false }],
    department: "Billing",
    recent: true,
  };
}

function show(start = "") {
  const onClose = vi.fn();
  renderScreen({ screen: "home" }, () => <Switcher open start={start} onClose={onClose} />);
  return { onClose, field: screen.getByRole("combobox") };
}

function options(): readonly string[] {
  return screen.getAllByRole("option").map((option) => option.textContent);
}

beforeEach(() => {
  fakeEngine({
    search: {
      switcher: ({ text, kind }) => {
        if (kind === "tags") {
          return [{ ...found("refunds", 9), kind: "tag" as const, type: "tag" }];
        }
        const word = text.toLowerCase();
        return titles.map(found).filter(({ title }) => title.toLowerCase().includes(word));
      },
    },
  });
});

afterEach(cleanup);

describe("the switcher", () => {
  test("offers what was opened last before anything is typed, and opens it with Enter", async () => {
    const { field, onClose } = show();
    await screen.findByText("Recent");
    expect(options()).toHaveLength(3);
    await waitFor(() => expect(field.getAttribute("aria-activedescendant")).not.toBeNull());
    await userEvent.keyboard("{ArrowDown}{Enter}");
    expect(onClose).toHaveBeenCalledOnce();
    expect(currentRoute()).toMatchObject({
      screen: "record",
      id: recordIdSchema.parse(found("", 1).id),
    });
  });

  test("is a combobox whose highlighted option a screen reader follows", async () => {
    const { field } = show();
    await screen.findByText("Recent");
    expect(field.getAttribute("aria-controls")).toBe(screen.getByRole("listbox").id);
    await userEvent.keyboard("{ArrowDown}");
    const active = document.getElementById(field.getAttribute("aria-activedescendant") ?? "");
    expect(active?.textContent).toContain("Answer leave questions");
    await userEvent.keyboard("{ArrowUp}{ArrowUp}");
    const last = document.getElementById(field.getAttribute("aria-activedescendant") ?? "");
    expect(last?.textContent).toContain("Calm a complaint");
  });

  test("ends with searching for the words and with writing what is missing", async () => {
    const { field } = show();
    await userEvent.type(field, "refund");
    await screen.findByText("New playbook “refund”");
    await userEvent.click(screen.getByText("Search everything for “refund”"));
    expect(currentRoute()).toEqual({ screen: "search", query: "refund", sort: undefined });
  });

  test("opens what was typed, not what the letter before had found", async () => {
    const { field } = show();
    await screen.findByText("Recent");
    // All at once, so that Enter comes before the answer.
    await userEvent.type(field, "calm{Enter}", { delay: null });
    await waitFor(() => expect(currentRoute().screen).toBe("record"));
    expect(currentRoute()).toMatchObject({ id: found("", 2).id });
  });

  test("finds commands behind >, with their keys, and runs them", async () => {
    const run = vi.fn();
    const stop = addCommands("test", [
      { id: "a", title: "New playbook", group: "Write", keys: "C P", run },
      { id: "b", title: "Next", group: "List", keys: "J", keysOnly: true, run },
    ]);
    const { onClose } = show(">");
    const option = await screen.findByRole("option");
    expect(within(option).getByText("C")).toBeInstanceOf(HTMLElement);
    await userEvent.keyboard("np{Enter}");
    expect(run).toHaveBeenCalledOnce();
    expect(onClose).toHaveBeenCalledOnce();
    stop();
  });

  test("leads from a tag behind # to what carries it", async () => {
    const { field } = show();
    await userEvent.type(field, "#ref");
    await userEvent.click(await screen.findByText("refunds"));
    expect(currentRoute()).toMatchObject({ screen: "search", query: 'tag:"refunds" ' });
  });

  test("closes with Escape", async () => {
    const { onClose } = show();
    await userEvent.keyboard("{Escape}");
    expect(onClose).toHaveBeenCalledOnce();
  });
});

describe("what is typed", () => {
  test.each([
    ["refund", { kind: "records", text: "refund" }],
    ["> new", { kind: "commands", text: "new" }],
    ["#tone ", { kind: "tags", text: "tone" }],
    ["@mara", { kind: "people", text: "mara" }],
    ["d: sup", { kind: "departments", text: "sup" }],
    ["D:sup", { kind: "departments", text: "sup" }],
    ["draft d:", { kind: "records", text: "draft d:" }],
    ["a > b", { kind: "records", text: "a > b" }],
  ])("%s is read by its first sign", (typed, question) => {
    expect(readQuestion(typed)).toEqual(question);
  });

  test("fits a command by the starts of words, then by parts, then by letters in order", () => {
    const ranks = ["new pl", "aybook", "nwpb", "zebra"].map((typed) => fit(typed, "New playbook"));
    expect(ranks).toEqual([3, 2, 1, 0]);
  });
});
