/** Days as the handbook writes them: in English, whatever device exports it. */
import type { Child } from "./elements.ts";
import { h } from "./elements.ts";

const months =
  "January February March April May June July August September October November December".split(
    " ",
  );

/** `2027-03-12T…` is "12 March 2027"; any other text is itself. */
export function dayText(iso: string): string {
  const match = /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})/u.exec(iso)?.groups;
  const month = months[Number(match?.month) - 1];
  if (match === undefined || month === undefined) return iso;
  return `${Number(match.day).toString()} ${month} ${match.year ?? ""}`;
}

/** The day as an element that machines read too; null for none. */
export function dayElement(iso: string | null | undefined): Child {
  if (iso === null || iso === undefined || iso === "") return null;
  return /^\d{4}-\d{2}-\d{2}/u.test(iso)
    ? h("time", { dateTime: iso.slice(0, 10) }, dayText(iso))
    : iso;
}
