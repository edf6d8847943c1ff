import { describe, expect, test } from "vitest";
import { reasonOf } from "#engine/handbook/published.ts";
import type { RecordView } from "#shared/contract/record-shapes.ts";
import { recordTypeOf } from "#shared/domain/record-types.ts";
import { recordTypeNames } from "#shared/domain/record-type-name.ts";

const view = (more: object) =>
  ({
    type: "playbook",
    status: "published",
    removedAt: null,
    fields: {},
    conflicts: [],
    ...more,
  }) as unknown as RecordView;

const statusIn = (...values: readonly unknown[]) => [
  { path: "status", values: values.map((value) => ({ value })) },
];

describe("what is published", () => {
  test("is a playbook or a lesson of few statuses, and nothing of any other type", () => {
    const inside = recordTypeNames.flatMap((type) =>
      [null, "published", ...(recordTypeOf(type)?.statuses ?? [])].flatMap((status) =>
        reasonOf(view({ type, status })) === null ? [`${type} ${String(status)}`] : [],
      ),
    );
    expect([...new Set(inside)]).toEqual([
      "playbook published",
      "lesson published",
      "lesson applied",
    ]);
  });

  test("is not what somebody took back while somebody else published it", () => {
    expect(reasonOf(view({ conflicts: statusIn("published", "draft") }))).toBe("disputed");
    expect(reasonOf(view({ conflicts: statusIn("published", null) }))).toBe("disputed");
    expect(
      reasonOf(view({ type: "lesson", conflicts: statusIn("published", "applied") })),
    ).toBeNull();
  });

  test("is not what is in the trash, nor what a later version keeps from some readers", () => {
    expect(reasonOf(view({ removedAt: "2026-01-01T00:00:00.000Z" }))).toBe("removed");
    for (const visibility of ["department", "private", "pair", "", 3, null, ["everyone"]]) {
      expect(reasonOf(view({ fields: { visibility } })), String(visibility)).toBe("restricted");
    }
    expect(reasonOf(view({ fields: { visibility: "everyone" } }))).toBeNull();
  });
});
