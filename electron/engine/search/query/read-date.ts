/** Reads the values of `before:` and `after:`. */

const day = 24 * 60 * 60 * 1000;

/**
 * The moment that a date names: the start of a year, month or day (2026, 2026-03, 2026-03-15), of
 * `today` or `yesterday`, or a time span back from now (7d, 2w, 3m, 1y). UTC, in milliseconds since
 * 1970; undefined for anything else.
 */
export function readDate(value: string, now: number): number | undefined {
  const text = value.trim().toLowerCase();
  if (text === "today") return startOfDay(now);
  if (text === "yesterday") return startOfDay(now) - day;
  const [, amount, unit] = /^(\d{1,4})([dwmy])$/u.exec(text) ?? [];
  if (amount !== undefined && unit !== undefined) return back(Number(amount), unit, now);
  const [, year, month = "1", date = "1"] =
    /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/u.exec(text) ?? [];
  return year === undefined ? undefined : calendarDay(Number(year), Number(month), Number(date));
}

function startOfDay(now: number): number {
  return now - (((now % day) + day) % day);
}

function back(amount: number, unit: string, now: number): number {
  if (unit === "d") return now - amount * day;
  if (unit === "w") return now - amount * 7 * day;
  const date = new Date(now);
  const wanted = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() - (unit === "y" ? amount * 12 : amount));
  // The 31st of a month that has 30 days is its last day.
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(wanted, last));
  return date.getTime();
}

function calendarDay(year: number, month: number, date: number): number | undefined {
  const at = new Date(Date.UTC(year, month - 1, date));
  const exists = at.getUTCMonth() === month - 1 && at.getUTCDate() === date;
  return exists ? at.getTime() : undefined;
}
