import { fakeEngine } from "#test/support/fake-engine.ts";
import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { afterEach, describe, expect, test } from "vitest";
import { FormContext } from "#renderer/features/write/fields/field-context.ts";
import { FieldInput } from "#renderer/features/write/fields/field-input.tsx";
import type { Field } from "#shared/domain/field.ts";
import type { Json } from "#shared/domain/json.ts";
import { playbook } from "#shared/domain/playbook.ts";
import { idOf } from "#test/support/record-views.ts";

const common = { label: "Thing", section: "about" } as const;
let written: Json[] = [];

function show(field: Field, start?: Json, problem?: string): void {
  written = [];
  render(<Form field={field} start={start} problem={problem} />);
}

type FormProps = {
  readonly field: Field;
  readonly start: Json | undefined;
  readonly problem: string | undefined;
};

function Form({ field, start, problem }: FormProps) {
  const [value, setValue] = useState<Json | undefined>(start);
  const context = {
    type: "playbook",
    fields: { prompts: [{ id: "p1", title: "Draft" }] },
    names: new Map([[String(idOf(9)), "Mara Example"]]),
    remember: () => undefined,
    problems: new Map(problem === undefined ? [] : [["thing", problem]]),
    Input: FieldInput,
  };
  return (
    <FormContext value={context}>
      <FieldInput
        field={field}
        name="thing"
        value={value}
        onChange={(next) => {
          written.push(next);
          setValue(next);
        }}
      />
    </FormContext>
  );
}

afterEach(cleanup);

describe("the input for", () => {
  test("a line takes what is typed, and shows what the engine said about it", async () => {
    show({ ...common, kind: "line", help: "Why" }, "a", "Too short.");
    const input = screen.getByLabelText("Thing");
    await userEvent.type(input, "b");
    expect(written.at(-1)).toBe("ab");
    expect(input.getAttribute("aria-invalid")).toBe("true");
    expect(screen.getByRole("alert").textContent).toBe("Too short.");
  });

  test("a Markdown text keeps it as typed", () => {
    show({ ...common, kind: "markdown" });
    fireEvent.change(screen.getByLabelText("Thing"), { target: { value: "  *a*\n\n" } });
    expect(written.at(-1)).toBe("  *a*\n\n");
  });

  test("a date, an address and a number have inputs of their kind", () => {
    show({ ...common, kind: "date" }, "2026-11-22T10:00:00.000Z");
    expect(screen.getByLabelText("Thing")).toHaveProperty("value", "2026-11-22");
    cleanup();
    show({ ...common, kind: "url" });
    expect(screen.getByLabelText("Thing")).toHaveProperty("type", "url");
    cleanup();
    show({ ...common, kind: "number", min: 1, max: 5, unit: "hours" });
    const input = screen.getByLabelText("Thing (hours)");
    fireEvent.change(input, { target: { value: "9" } });
    expect(written.at(-1)).toBe(9);
    expect(screen.getByRole("alert").textContent).toBe("At most 5.");
    fireEvent.change(input, { target: { value: "" } });
    expect(written.at(-1)).toBeNull();
  });

  test("a flag and several choices are boxes; unknown values stay", async () => {
    show({ ...common, kind: "flag" });
    await userEvent.click(screen.getByRole("checkbox", { name: "Thing" }));
    expect(written.at(-1)).toBe(true);
    cleanup();
    const options = [
      { value: "a", label: "Alpha" },
      { value: "b", label: "Beta" },
    ];
    show({ ...common, kind: "choices", options }, ["newer"]);
    await userEvent.click(screen.getByRole("checkbox", { name: "Beta" }));
    expect(written.at(-1)).toEqual(["newer", "b"]);
    await userEvent.click(screen.getByRole("checkbox", { name: "newer" }));
    expect(written.at(-1)).toEqual(["b"]);
  });

  test("a choice is a list to choose from that can be cleared", async () => {
    const options = [{ value: "a", label: "Alpha" }];
    show({ ...common, kind: "choice", options }, "a");
    await userEvent.click(screen.getByRole("combobox", { name: "Thing" }));
    await userEvent.click(await screen.findByRole("option", { name: "Not said" }));
    expect(written.at(-1)).toBe("");
  });

  test("lines leaves out what is empty and keeps what is being typed", async () => {
    show({ ...common, kind: "lines" }, ["one"]);
    const input = screen.getByLabelText("Thing");
    await userEvent.type(input, "{Enter}{Enter}two ");
    expect(written.at(-1)).toEqual(["one", "two"]);
    expect(input).toHaveProperty("value", "one\n\ntwo ");
  });

  test("tags offers known ones and makes new ones without the leading mark", async () => {
    const engine = fakeEngine({
      search: { operatorValues: () => [{ value: "refunds", label: "refunds", count: 7 }] },
    });
    show({ ...common, kind: "tags" }, []);
    const input = screen.getByLabelText("Thing");
    await userEvent.type(input, "#tone");
    await userEvent.click(await screen.findByRole("option", { name: /Add “tone”/u }));
    expect(written.at(-1)).toEqual(["tone"]);
    await userEvent.type(input, "ref");
    await userEvent.click(await screen.findByRole("option", { name: /refunds/u }));
    expect(written.at(-1)).toEqual(["tone", "refunds"]);
    engine.assertPrepared();
  });

  test("a reference is looked up by title among records of its type", async () => {
    const engine = fakeEngine({
      records: { lookup: () => [{ id: idOf(8), type: "person", title: "Nils Example" }] },
    });
    show({ ...common, kind: "reference", to: "person" }, idOf(9));
    const input = screen.getByLabelText("Thing");
    expect(input).toHaveProperty("value", "Mara Example");
    await userEvent.clear(input);
    await userEvent.type(input, "Nil");
    await userEvent.click(await screen.findByRole("option", { name: "Nils Example" }));
    expect(written.at(-1)).toBe(idOf(8));
    expect(engine.calls("records.lookup").at(-1)?.input).toMatchObject({ types: ["person"] });
  });

  test("references holds several and lets each be taken out", async () => {
    fakeEngine({ records: { lookup: () => [] } });
    show({ ...common, kind: "references", to: "person" }, [idOf(9), idOf(8)]);
    await userEvent.click(screen.getByRole("button", { name: "Remove Mara Example" }));
    expect(written.at(-1)).toEqual([idOf(8)]);
  });

  test("a group writes its fields together", async () => {
    show(playbook.fields.handoff!, { trigger: "Anger", newer: 1 });
    await userEvent.type(screen.getByLabelText("To whom"), "L");
    expect(written.at(-1)).toEqual({ trigger: "Anger", newer: 1, receiving_role: "L" });
  });
});

describe("a list", () => {
  const field: Field = {
    ...common,
    label: "Causes",
    kind: "list",
    fields: { text: { kind: "line", label: "Cause", section: "content" } },
  };
  const entries = [
    { id: "1", text: "a" },
    { id: "2", text: "b" },
    { id: "3", text: "c" },
  ];

  test("adds an element at the end, and keeps the ids of the others", async () => {
    show(field, entries);
    await userEvent.click(screen.getByRole("button", { name: "Add cause" }));
    const inputs = screen.getAllByLabelText("Cause");
    await userEvent.type(inputs[3]!, "d");
    expect(written.at(-1)).toEqual([...entries, { text: "d" }]);
  });

  test("moves by button and by Alt with an arrow, and stops at the ends", async () => {
    show(field, entries);
    await userEvent.click(screen.getByRole("button", { name: "Move cause 1 down" }));
    expect((written.at(-1) as typeof entries).map((entry) => entry.id)).toEqual(["2", "1", "3"]);
    const first = within(screen.getByRole("listitem", { name: "Cause 1" })).getByLabelText("Cause");
    fireEvent.keyDown(first, { key: "ArrowDown", altKey: true });
    expect((written.at(-1) as typeof entries).map((entry) => entry.id)).toEqual(["1", "2", "3"]);
    const count = written.length;
    fireEvent.keyDown(screen.getAllByLabelText("Cause")[0]!, { key: "ArrowUp", altKey: true });
    expect(written).toHaveLength(count);
    expect(screen.getByRole("button", { name: "Move cause 1 up" })).toHaveProperty(
      "disabled",
      true,
    );
  });

  test("removes an element", async () => {
    show(field, entries);
    await userEvent.click(screen.getByRole("button", { name: "Remove cause 2" }));
    expect((written.at(-1) as typeof entries).map((entry) => entry.id)).toEqual(["1", "3"]);
  });
});
