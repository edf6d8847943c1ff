/** How far a record may be relied on today, from what its verification says. */
import { z } from "zod";

const verificationSchema = z.object({
  mode: z.enum(["period", "fixed", "indefinite"]).optional().catch(undefined),
  period_amount: z.coerce.number().int().positive().optional().catch(undefined),
  period_unit: z.enum(["day", "week", "month", "year"]).optional().catch(undefined),
  verified_at: z.string().optional().catch(undefined),
  verified_by: z.string().optional().catch(undefined),
  verified_revision: z.coerce.number().optional().catch(undefined),
  expires_at: z.string().optional().catch(undefined),
  rejected_at: z.string().optional().catch(undefined),
  rejection_comment: z.string().optional().catch(undefined),
});
export type Verification = z.infer<typeof verificationSchema>;

/**
 * `unverified`: nobody has said it is true; `verified`: somebody has, and that holds;
 * `due`: it holds for at most two weeks more; `expired`: it held until a day that has passed;
 * `rejected`: the last verifier said it is not.
 */
export const trustStates = ["unverified", "verified", "due", "expired", "rejected"] as const;
export type TrustState = (typeof trustStates)[number];

export type Trust = {
  readonly state: TrustState;
  readonly verification: Verification;
  /** The last day on which it holds, ISO 8601; null where it has no end. */
  readonly until: string | null;
};

const noticeDays = 14;
const day = 86_400_000;
const lastDay = Date.UTC(9999, 11, 31);

/** Reads the `verification` field of a record. `now` is in milliseconds since 1970, UTC. */
export function trustOf(field: unknown, now: number): Trust {
  const verification = verificationSchema.catch({}).parse(field ?? {});
  const until = endOf(verification);
  return { state: stateOf(verification, until, now), verification, until };
}

function stateOf(verification: Verification, until: string | null, now: number): TrustState {
  const { verified_at: verified, rejected_at: rejected } = verification;
  if (rejected !== undefined && (verified === undefined || rejected > verified)) return "rejected";
  if (verified === undefined && until === null) return "unverified";
  if (until === null) return "verified";
  const left = Date.parse(until) + day - now;
  if (left <= 0) return "expired";
  if (verified === undefined) return "unverified";
  return left <= noticeDays * day ? "due" : "verified";
}

function endOf(verification: Verification): string | null {
  const { mode, verified_at: verified, expires_at: expires } = verification;
  if (mode === "indefinite") return null;
  const fixed = dayOf(expires);
  if (fixed !== undefined) return asText(fixed);
  const { period_amount: amount, period_unit: unit } = verification;
  const start = dayOf(verified);
  if (start === undefined || amount === undefined || unit === undefined) return null;
  return asText(addPeriod(start, amount, unit));
}

/** The day that an ISO 8601 date or time names; undefined for any other text. */
function dayOf(text: string | undefined): Date | undefined {
  const date =
    text !== undefined && /^\d{4}-\d{2}-\d{2}/u.test(text) && new Date(text.slice(0, 10));
  return date === false || Number.isNaN(date.getTime()) ? undefined : date;
}

/** Days beyond the calendar of four-digit years, which no text could be compared with, are its last. */
function asText(date: Date): string {
  return date.getTime() <= lastDay ? date.toISOString().slice(0, 10) : "9999-12-31";
}

/** A month after 31 January is the last day of February. */
function addPeriod(start: Date, amount: number, unit: "day" | "week" | "month" | "year"): Date {
  if (unit === "day") return new Date(start.getTime() + amount * day);
  if (unit === "week") return new Date(start.getTime() + amount * 7 * day);
  const months = unit === "month" ? amount : amount * 12;
  const month = start.getUTCMonth() + months;
  const last = new Date(Date.UTC(start.getUTCFullYear(), month + 1, 0)).getUTCDate();
  const date = Math.min(start.getUTCDate(), last);
  return new Date(Date.UTC(start.getUTCFullYear(), month, date));
}
