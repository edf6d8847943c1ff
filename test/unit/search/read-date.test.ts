import { expect, test } from "vitest";
import { readDate } from "#engine/search/query/read-date.ts";

const now = Date.UTC(2026, 4, 31, 12);

test.each([
  ["2026", "2026-01-01T00:00"],
  ["2026-03", "2026-03-01T00:00"],
  ["2026-3-5", "2026-03-05T00:00"],
  ["today", "2026-05-31T00:00"],
  ["Yesterday", "2026-05-30T00:00"],
  ["7d", "2026-05-24T12:00"],
  ["2w", "2026-05-17T12:00"],
  ["3m", "2026-02-28T12:00"],
  ["1y", "2025-05-31T12:00"],
  ["2024-02-29", "2024-02-29T00:00"],
])("%s is %s", (value, expected) => {
  expect(new Date(readDate(value, now) ?? 0).toISOString().slice(0, 16)).toBe(expected);
});

test.each(["", "soon", "2026-13", "2026-02-29", "2026-00-01", "20261", "d", "7h", "-3d"])(
  "%j is no date",
  (value) => {
    expect(readDate(value, now)).toBeUndefined();
  },
);
