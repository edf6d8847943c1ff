/** Reads when a page was last reviewed and how long that holds, as handbooks write it. */
import { z } from "zod";
import type { Json } from "#shared/domain/json.ts";

type Values = Readonly<Record<string, Json>>;

const reviewedKeys = ["last_reviewed_on", "last_reviewed_at", "date_approved"];
const period = /^(\d{1,3})\s*(day|week|month|year)s?$/iu;
const dateSchema = z.iso.date();

/** The verification that the keys speak of; null when they speak of none, or of no real date. */
export function readVerification(
  values: Values,
): { readonly verification: Json; readonly keys: readonly string[] } | null {
  const key = reviewedKeys.find((one) => readDate(values[one]) !== undefined);
  const verifiedAt = key === undefined ? undefined : readDate(values[key]);
  if (key === undefined || verifiedAt === undefined) return null;
  const every =
    typeof values["review_in"] === "string" ? period.exec(values["review_in"].trim()) : null;
  if (every === null)
    return { verification: { type: "approval", verified_at: verifiedAt }, keys: [key] };
  const amount = Number(every[1]);
  const unit = (every[2] ?? "month").toLowerCase();
  const verification = {
    type: "expiring",
    mode: "period",
    period_amount: amount,
    period_unit: unit,
    verified_at: verifiedAt,
    expires_at: addPeriod(verifiedAt, amount, unit),
  };
  return { verification, keys: [key, "review_in"] };
}

function readDate(value: Json | undefined): string | undefined {
  const parsed = dateSchema.safeParse(
    typeof value === "string" ? value.trim().slice(0, 10) : value,
  );
  return parsed.success ? parsed.data : undefined;
}

/** The day after the period; the 31st becomes the last day of a shorter month. */
function addPeriod(date: string, amount: number, unit: string): string {
  const [year = 1970, month = 1, day = 1] = date.split("-").map(Number);
  if (unit === "day" || unit === "week") {
    return isoDate(Date.UTC(year, month - 1, day + amount * (unit === "week" ? 7 : 1)));
  }
  const months = month - 1 + amount * (unit === "year" ? 12 : 1);
  const lastDay = new Date(Date.UTC(year, months + 1, 0)).getUTCDate();
  return isoDate(Date.UTC(year, months, Math.min(day, lastDay)));
}

function isoDate(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}
