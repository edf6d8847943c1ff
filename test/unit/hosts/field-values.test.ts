import { describe, expect, test } from "vitest";
import { readAssignments } from "#hosts/cli/field-values.ts";
import { UsageError } from "#hosts/cli/outcome.ts";

const read = (type: string, ...assignments: readonly string[]) =>
  readAssignments(type, assignments, (_, name) => Promise.resolve(`id of ${name}`));

describe("--set", () => {
  test("takes a status, which the window chooses while saving", async () => {
    expect(await read("playbook", "status=published")).toEqual({ status: "published" });
  });

  test.each([
    ["topic", "status=published"],
    ["playbook", "origin_path=a.md"],
    ["playbook", "body=text"],
    ["playbook", "nonsense"],
  ])("refuses for a %s what cannot be set: %s", async (type, assignment) => {
    await expect(read(type, assignment)).rejects.toThrow(UsageError);
  });

  test("calls a department by its name", async () => {
    expect(await read("lesson", "department=Support")).toEqual({ department_id: "id of Support" });
  });
});
