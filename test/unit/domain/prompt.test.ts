import { expect, test } from "vitest";
import { fillPrompt, promptRuns, promptVariables } from "#shared/domain/prompt.ts";

test("variables are found once each, in order, outer spaces forgiven", () => {
  expect(promptVariables("{{b}} {{ a }} {{b}} {{customer name}}")).toEqual([
    "b",
    "a",
    "customer name",
  ]);
});

test("what is no variable is left alone", () => {
  expect(promptVariables("{a} {{}} {{ }} {{a\nb}} { {c} }")).toEqual([]);
});

test("filling in puts values at every place and never reads them as places", () => {
  expect(fillPrompt("{{a}} and {{ a }}, {{b}}", { a: "{{b}} $& $1", b: "" })).toBe(
    "{{b}} $& $1 and {{b}} $& $1, {{b}}",
  );
});

test("runs joined are the filled prompt", () => {
  const values = { name: "Ada" };
  const runs = promptRuns("Dear {{name}}, about {{topic}}.", values);
  const joined = runs.map((run) =>
    run.kind === "text" ? run.text : run.value || `{{${run.name}}}`,
  );
  expect(joined.join("")).toBe(fillPrompt("Dear {{name}}, about {{topic}}.", values));
});
