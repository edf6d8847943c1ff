import { expect, test } from "vitest";
import { trustOf } from "#shared/domain/trust.ts";

const now = Date.parse("2026-11-22T12:00:00Z");
const period = { mode: "period", period_amount: 6, period_unit: "month" };

test.each([
  ["nothing said", undefined, "unverified", null],
  ["verified without an end", { verified_at: "2026-01-01", mode: "indefinite" }, "verified", null],
  ["within its period", { ...period, verified_at: "2026-10-01" }, "verified", "2027-04-01"],
  ["two weeks before its end", { ...period, verified_at: "2026-06-01" }, "due", "2026-12-01"],
  ["on its last day", { verified_at: "2026-01-01", expires_at: "2026-11-22" }, "due", "2026-11-22"],
  ["a day later", { verified_at: "2026-01-01", expires_at: "2026-11-21" }, "expired", "2026-11-21"],
  [
    "a month from the 31st",
    { period_amount: 1, period_unit: "month", verified_at: "2027-01-31" },
    "verified",
    "2027-02-28",
  ],
  ["rejected since", { verified_at: "2026-01-01", rejected_at: "2026-02-01" }, "rejected", null],
  ["rejected before", { verified_at: "2026-03-01", rejected_at: "2026-02-01" }, "verified", null],
  ["nonsense", { verified_at: 7, period_amount: "x", expires_at: "soon" }, "unverified", null],
  [
    "longer than any calendar",
    { period_amount: 1e15, period_unit: "year", verified_at: "2026-01-01" },
    "verified",
    "9999-12-31",
  ],
  ["a date in words", { verified_at: "1 Jan 2026", expires_at: "1 Feb 2027" }, "verified", null],
  ["a day that is none", { expires_at: "2026-13-45T00:00:00Z" }, "unverified", null],
  ["not even an object", "yes", "unverified", null],
])("%s", (_, field, state, until) => {
  expect(trustOf(field, now)).toMatchObject({ state, until });
});
