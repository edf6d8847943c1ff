import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { type ReactElement, useState } from "react";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import {
  addCommands,
  type Command,
  commandList,
  runShortcut,
  setPreferences,
  useCommands,
} from "#renderer/platform/commands.ts";

const stops: (() => void)[] = [];

function add(owner: string, ...commands: readonly Partial<Command>[]): void {
  const test: Command = { id: "test", title: "Test", group: "Window", run: () => undefined };
  const whole = commands.map((command) => Object.assign({}, test, command));
  stops.push(addCommands(owner, whole));
}

function hear(event: KeyboardEvent): void {
  if (runShortcut(event, false)) event.preventDefault();
}

beforeEach(() => {
  setPreferences({ shortcuts: {}, singleKeys: true });
  window.addEventListener("keydown", hear);
});

afterEach(() => {
  window.removeEventListener("keydown", hear);
  for (const stop of stops.splice(0)) stop();
  cleanup();
});

describe("keys", () => {
  test("run the command they stand for", async () => {
    const run = vi.fn();
    add("frame", { keys: "Mod+K", run });
    await userEvent.keyboard("{Control>}k{/Control}");
    expect(run).toHaveBeenCalledOnce();
  });

  test("one after the other make one shortcut, and the second alone does nothing", async () => {
    const run = vi.fn();
    add("frame", { keys: "G H", run });
    await userEvent.keyboard("h");
    expect(run).not.toHaveBeenCalled();
    await userEvent.keyboard("gh");
    expect(run).toHaveBeenCalledOnce();
    await userEvent.keyboard("gxh");
    expect(run).toHaveBeenCalledOnce();
  });

  test("of the command added last win, and its going gives them back", async () => {
    const frame = vi.fn();
    const page = vi.fn();
    add("frame", { id: "frame", keys: "J", run: frame });
    add("page", { id: "page", keys: "J", run: page });
    await userEvent.keyboard("j");
    stops.pop()?.();
    await userEvent.keyboard("j");
    expect([frame.mock.calls.length, page.mock.calls.length]).toEqual([1, 1]);
  });

  test("that print a sign are left to a field, those with Mod are not", async () => {
    const letter = vi.fn();
    const held = vi.fn();
    add("frame", { id: "a", keys: "J", run: letter }, { id: "b", keys: "Mod+P", run: held });
    render(<textarea aria-label="Text" />);
    await userEvent.type(screen.getByLabelText("Text"), "j{Control>}p{/Control}");
    expect([letter.mock.calls.length, held.mock.calls.length]).toEqual([0, 1]);
  });

  test("that a field needs itself stay its own: Mod+Z undoes the typing there", async () => {
    const undo = vi.fn();
    add("frame", { keys: "Mod+Z", notInFields: true, run: undo });
    render(<input aria-label="Text" />);
    await userEvent.type(screen.getByLabelText("Text"), "a{Control>}z{/Control}");
    expect(undo).not.toHaveBeenCalled();
    await userEvent.click(document.body);
    await userEvent.keyboard("{Control>}z{/Control}");
    expect(undo).toHaveBeenCalledOnce();
  });

  test("that the editor has taken are not heard a second time", async () => {
    const run = vi.fn();
    add("frame", { keys: "Mod+K", run });
    render(<input aria-label="Editor" onKeyDown={(event) => event.preventDefault()} />);
    await userEvent.type(screen.getByLabelText("Editor"), "{Control>}k{/Control}");
    expect(run).not.toHaveBeenCalled();
  });

  test("are inert in an open menu unless held with Mod", async () => {
    const run = vi.fn();
    add("frame", { keys: "J", run });
    render(
      <div role="menu" aria-label="Actions">
        <button type="button" role="menuitem">
          Yes
        </button>
      </div>,
    );
    screen.getByText("Yes").focus();
    await userEvent.keyboard("j");
    expect(run).not.toHaveBeenCalled();
  });
});

describe("the person's own keys", () => {
  test("take the place of those it came with", async () => {
    const run = vi.fn();
    add("frame", { id: "go.home", keys: "G H", run });
    setPreferences({ shortcuts: { "go.home": "Mod+H" }, singleKeys: true });
    await userEvent.keyboard("gh");
    expect(run).not.toHaveBeenCalled();
    await userEvent.keyboard("{Control>}h{/Control}");
    expect(run).toHaveBeenCalledOnce();
  });

  test("can be none, and nonsense counts as none", () => {
    add("frame", { id: "a", keys: "A" }, { id: "b", keys: "B" });
    setPreferences({ shortcuts: { a: "", b: "Hyper+B+C" }, singleKeys: true });
    expect(commandList().map(({ bound }) => bound)).toEqual([null, null]);
  });

  test("of a single sign can be switched off as a whole, Delete and Mod stay", async () => {
    const letter = vi.fn();
    const other = vi.fn();
    add("frame", { id: "a", keys: "J", run: letter }, { id: "b", keys: "Delete", run: other });
    setPreferences({ shortcuts: {}, singleKeys: false });
    await userEvent.keyboard("j{Delete}");
    expect([letter.mock.calls.length, other.mock.calls.length]).toEqual([0, 1]);
  });
});

test("a screen's command sees the state of now, not of when it was shown", async () => {
  const seen: number[] = [];
  function Counter(): ReactElement {
    const [count, setCount] = useState(0);
    useCommands([
      { id: "count", title: "Count", group: "List", keys: "C", run: () => seen.push(count) },
    ]);
    return (
      <button type="button" onClick={() => setCount(count + 1)}>
        More
      </button>
    );
  }
  const shown = render(<Counter />);
  await userEvent.click(screen.getByText("More"));
  await userEvent.click(screen.getByText("More"));
  await userEvent.keyboard("c");
  expect(seen).toEqual([2]);
  shown.unmount();
  expect(commandList()).toEqual([]);
});
