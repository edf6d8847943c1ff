import { cleanup, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { Trash2 } from "lucide-react";
import { type ReactElement, useState } from "react";
import { afterEach, describe, expect, test, vi } from "vitest";
import { Announcer, announce } from "#renderer/ui/announce.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { Checkbox } from "#renderer/ui/checkbox.tsx";
import { Combobox, type ComboboxOption } from "#renderer/ui/combobox.tsx";
import { Dialog } from "#renderer/ui/dialog.tsx";
import { FieldChanges } from "#renderer/ui/field-changes.tsx";
import { IconButton } from "#renderer/ui/icon-button.tsx";
import { keysAsText } from "#renderer/ui/kbd.tsx";
import { Menu } from "#renderer/ui/menu.tsx";
import { ProgressBar } from "#renderer/ui/progress-bar.tsx";
import { RadioGroup } from "#renderer/ui/radio-group.tsx";
import { Select } from "#renderer/ui/select.tsx";
import { Switch } from "#renderer/ui/switch.tsx";
import { Tabs } from "#renderer/ui/tabs.tsx";
import { TextField } from "#renderer/ui/text-field.tsx";
import { formatTime } from "#renderer/ui/time.tsx";
import { showToast, Toasts } from "#renderer/ui/toast.tsx";

Object.assign(Element.prototype, { getAnimations: () => [] });

afterEach(cleanup);

/** Holds one value as a screen would, and shows it. */
function Held<T>(props: {
  readonly start: T;
  readonly children: (value: T, change: (value: T) => void) => ReactElement;
}): ReactElement {
  const [value, change] = useState(props.start);
  return (
    <>
      {props.children(value, change)}
      <output data-testid="value">{JSON.stringify(value)}</output>
    </>
  );
}

function value(): unknown {
  return JSON.parse(screen.getByTestId("value").textContent);
}

describe("a dialog", () => {
  test("takes the focus, closes with Escape and gives the focus back", async () => {
    render(
      <Held start={false}>
        {(open, change) => (
          <>
            <Button onClick={() => change(true)}>Remove</Button>
            <Dialog open={open} onClose={() => change(false)} title="Remove it?">
              <TextField label="Why" value="" onChange={() => undefined} />
            </Dialog>
          </>
        )}
      </Held>,
    );
    const opener = screen.getByRole("button", { name: "Remove" });
    await userEvent.click(opener);
    const dialog = await screen.findByRole("dialog", { name: "Remove it?" });
    await waitFor(() => expect(dialog.contains(document.activeElement)).toBe(true));
    await userEvent.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    await waitFor(() => expect(document.activeElement).toBe(opener));
  });

  test("that begins with a choice starts at it, not at a field further down", async () => {
    render(
      <Dialog open onClose={() => undefined} title="Invite">
        <RadioGroup
          label="Role"
          value="lead"
          onChange={() => undefined}
          options={[
            { value: "member", label: "Member" },
            { value: "lead", label: "Lead" },
          ]}
        />
        <TextField label="Why" value="" onChange={() => undefined} />
      </Dialog>,
    );
    const chosen = await screen.findByRole("radio", { name: "Lead" });
    await waitFor(() => expect(document.activeElement).toBe(chosen));
  });
});

describe("what changed in a field", () => {
  test("stands in the words of the choice, before and after, not as a difference of letters", () => {
    const change = { name: "risk_tier", label: "Risk tier", before: "high", after: "minimal" };
    const runs = [
      { kind: "removed", text: "high" },
      { kind: "added", text: "minimal" },
    ] as const;
    render(
      <FieldChanges type="playbook" changes={[{ ...change, runs: [...runs] }]} references={[]} />,
    );
    expect(screen.getAllByRole("cell")).toHaveLength(2);
    expect(screen.getByText("High").tagName).toBe("DEL");
    expect(screen.getByText("Minimal").tagName).toBe("INS");
  });
});

describe("a menu", () => {
  test("opens with the keyboard, is walked with the arrows and runs with Enter", async () => {
    const run = vi.fn();
    const skipped = vi.fn();
    render(
      <Menu
        trigger={<Button>Actions</Button>}
        items={[
          { label: "Copy", onSelect: skipped },
          "separator",
          { label: "Remove", icon: Trash2, danger: true, onSelect: run },
        ]}
      />,
    );
    screen.getByRole("button", { name: "Actions" }).focus();
    await userEvent.keyboard("{Enter}");
    await screen.findByRole("menu");
    await waitFor(() => expect(document.activeElement?.textContent).toBe("Copy"));
    await userEvent.keyboard("{ArrowDown}{Enter}");
    expect(run).toHaveBeenCalledOnce();
    expect(skipped).not.toHaveBeenCalled();
  });
});

describe("choices", () => {
  const options = [
    { value: "draft", label: "Draft" },
    { value: "published", label: "Published" },
  ];

  test("of a select are made by keyboard, and the placeholder clears", async () => {
    render(
      <Held start="">
        {(held, change) => (
          <Select
            label="Status"
            value={held}
            onChange={change}
            options={options}
            placeholder="Any status"
          />
        )}
      </Held>,
    );
    screen.getByRole("combobox", { name: /Status/u }).focus();
    await userEvent.keyboard("{Enter}");
    await userEvent.click(await screen.findByRole("option", { name: "Published" }));
    expect(value()).toBe("published");
    await userEvent.click(screen.getByRole("combobox", { name: /Status/u }));
    await userEvent.click(await screen.findByRole("option", { name: "Any status" }));
    expect(value()).toBe("");
  });

  test("of radio buttons follow the arrows", async () => {
    render(
      <Held start="draft">
        {(held, change) => (
          <RadioGroup label="Status" value={held} onChange={change} options={options} />
        )}
      </Held>,
    );
    screen.getByRole("radio", { name: "Draft" }).focus();
    await userEvent.keyboard("{ArrowDown}");
    expect(value()).toBe("published");
  });

  test("of a checkbox and a switch are made with Space, by their labels too", async () => {
    render(
      <>
        <Held start={false}>
          {(held, change) => <Checkbox label="Agree" checked={held} onChange={change} />}
        </Held>
      </>,
    );
    screen.getByRole("checkbox", { name: "Agree" }).focus();
    await userEvent.keyboard(" ");
    expect(value()).toBe(true);
    await userEvent.click(screen.getByText("Agree"));
    expect(value()).toBe(false);
    cleanup();
    render(
      <Held<boolean> start>
        {(held, change) => <Switch label="Letters" checked={held} onChange={change} />}
      </Held>,
    );
    screen.getByRole("switch", { name: "Letters" }).focus();
    await userEvent.keyboard(" ");
    expect(value()).toBe(false);
  });

  test("of tabs follow the arrows, and the panel is named by its tab", async () => {
    render(
      <Held<"one" | "two"> start="one">
        {(held, change) => (
          <Tabs
            label="Parts"
            value={held}
            onChange={change}
            tabs={[
              { value: "one", label: "First" },
              { value: "two", label: "Second", count: 3 },
            ]}
          >
            <p>{held}</p>
          </Tabs>
        )}
      </Held>,
    );
    screen.getByRole("tab", { name: "First" }).focus();
    await userEvent.keyboard("{ArrowRight}");
    expect(value()).toBe("two");
    expect(screen.getByRole("tabpanel", { name: /Second/u }).textContent).toContain("two");
  });
});

describe("a combobox", () => {
  const people: readonly ComboboxOption[] = [
    { value: "1", label: "Mara Example", hint: "Support" },
    { value: "2", label: "Robin Example", hint: "Billing" },
  ];
  const load = (text: string) =>
    Promise.resolve(people.filter(({ label }) => label.toLowerCase().includes(text.toLowerCase())));

  test("asks as one types, and takes the highlighted choice with Enter", async () => {
    render(
      <Held<readonly ComboboxOption[]> start={[]}>
        {(held, change) => <Combobox label="Owner" value={held} onChange={change} load={load} />}
      </Held>,
    );
    await userEvent.type(screen.getByRole("combobox", { name: "Owner" }), "rob");
    await waitFor(() => expect(screen.getAllByRole("option")).toHaveLength(1));
    await userEvent.keyboard("{Enter}");
    expect(value()).toEqual([people[1]]);
  });

  test("of several keeps what was chosen and drops the last with Backspace", async () => {
    render(
      <Held<readonly ComboboxOption[]> start={[{ value: "1", label: "Mara Example" }]}>
        {(held, change) => (
          <Combobox multiple label="Leads" value={held} onChange={change} load={load} />
        )}
      </Held>,
    );
    const input = screen.getByRole("combobox", { name: "Leads" });
    await userEvent.type(input, "rob");
    await userEvent.click(await screen.findByRole("option", { name: /Robin/u }));
    expect(value()).toHaveLength(2);
    await userEvent.clear(input);
    await userEvent.type(input, "{Backspace}{Backspace}");
    await waitFor(() => expect((value() as unknown[]).length).toBeLessThan(2));
  });

  test("makes a new choice of what nobody has used yet, without a trace of how", async () => {
    render(
      <Held<readonly ComboboxOption[]> start={[]}>
        {(held, change) => (
          <Combobox
            multiple
            label="Tags"
            value={held}
            onChange={change}
            load={load}
            create={(text) => ({ value: text, label: text })}
          />
        )}
      </Held>,
    );
    await userEvent.type(screen.getByRole("combobox", { name: "Tags" }), "tone of voice");
    await userEvent.click(await screen.findByText("Add “tone of voice”"));
    expect(value()).toEqual([{ value: "tone of voice", label: "tone of voice" }]);
  });

  test("says why when nobody answers", async () => {
    const fail = () => Promise.reject(new Error("The engine stopped."));
    render(<Combobox label="Owner" value={[]} onChange={() => undefined} load={fail} />);
    await userEvent.click(screen.getByRole("combobox", { name: "Owner" }));
    expect(await screen.findByText("The engine stopped.")).toBeInstanceOf(HTMLElement);
  });
});

describe("what is said", () => {
  test("a field names its error and its help to screen readers", () => {
    render(
      <TextField
        label="Name"
        help="As colleagues know you."
        error="Say a name."
        value=""
        onChange={() => undefined}
      />,
    );
    const field = screen.getByRole("textbox", { name: "Name" });
    const described = (field.getAttribute("aria-describedby") ?? "")
      .split(" ")
      .map((id) => document.getElementById(id)?.textContent);
    expect(described).toEqual(["As colleagues know you.", "Say a name."]);
    expect(field.getAttribute("aria-invalid")).toBe("true");
  });

  test("an icon has a name, and a pressed state where it is a switch", () => {
    render(<IconButton icon={Trash2} label="Remove" pressed={false} />);
    expect(screen.getByRole("button", { name: "Remove", pressed: false })).toBeInstanceOf(
      HTMLElement,
    );
  });

  test("the same sentence twice is announced twice", async () => {
    render(<Announcer />);
    const region = screen.getByRole("status");
    announce("2 results");
    await waitFor(() => expect(region.textContent).toBe("2 results"));
    announce("2 results");
    await waitFor(() => expect(region.textContent).toBe("2 results\u00A0"));
  });

  test("a message offers its action once, and goes with it", async () => {
    const undo = vi.fn();
    render(<Toasts />);
    showToast({ message: "3 records removed.", action: { label: "Undo", onPress: undo } });
    await userEvent.click(await screen.findByRole("button", { name: "Undo" }));
    expect(undo).toHaveBeenCalledOnce();
    await waitFor(() => expect(screen.queryByText("3 records removed.")).toBeNull());
  });

  test("progress is told in counts, and as unknown while nobody knows", () => {
    render(<ProgressBar label="Importing" done={1200} total={10_000} />);
    const bar = screen.getByRole("progressbar", { name: "Importing" });
    expect(bar.getAttribute("aria-valuetext")).toBe("1,200 of 10,000");
    cleanup();
    render(<ProgressBar label="Importing" done={0} total={null} />);
    expect(screen.getByRole("progressbar").getAttribute("aria-valuenow")).toBeNull();
  });
});

describe("time and keys as a person reads them", () => {
  const now = Date.parse("2026-11-22T12:00:00Z");

  test.each([
    ["2026-11-22T11:59:40Z", "just now"],
    ["2026-11-22T11:30:00Z", "30 minutes ago"],
    ["2026-11-22T09:00:00Z", "3 hours ago"],
    ["2026-11-21T11:00:00Z", "yesterday"],
    ["2026-11-10T12:00:00Z", "12 days ago"],
    ["not a time", "not a time"],
  ])("%s is %s", (iso, said) => {
    expect(formatTime(iso, "relative", now)).toBe(said);
  });

  test("longer ago than a month is a date", () => {
    expect(formatTime("2026-03-01T12:00:00Z", "relative", now)).toMatch(/2026/u);
  });

  test("keys are named as on this keyboard", () => {
    expect(keysAsText("Mod+Shift+ArrowUp")).toBe("Ctrl Shift ↑");
    expect(keysAsText("G H")).toBe("G H");
    expect(keysAsText("+")).toBe("+");
  });
});
