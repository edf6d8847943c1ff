/** A moment, as a person says it near now, and in full on hover and for machines. */
import type { ReactElement } from "react";
import { lazily } from "#shared/rpc/define.ts";

export type TimeProps = {
  /** UTC, ISO 8601; a date alone is a day. */
  readonly iso: string;
  /** `relative`: "3 days ago"; `date`: "22 Nov 2026"; `time`: "14:03:07"; `full`: both. */
  readonly format?: "relative" | "date" | "time" | "full";
};

/** A time in the reader's own language and zone. */
export function Time({ iso, format = "relative" }: TimeProps): ReactElement {
  return (
    <time dateTime={iso} title={formatTime(iso, "full")}>
      {formatTime(iso, format)}
    </time>
  );
}

/**
 * The reader's language, made ready. The first format of a page takes 8 ms, in which the browser reads
 * what it knows of all languages; whoever has time for it before anything is drawn asks for it then.
 */
export const timeFormats = lazily(() => ({
  relative: new Intl.RelativeTimeFormat(undefined, { numeric: "auto" }),
  date: new Intl.DateTimeFormat(undefined, { dateStyle: "medium" }),
  time: new Intl.DateTimeFormat(undefined, { timeStyle: "medium" }),
  full: new Intl.DateTimeFormat(undefined, { dateStyle: "long", timeStyle: "short" }),
}));

const units = [
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
] as const;

/** The same as text. `now` is in milliseconds since 1970. */
export function formatTime(
  iso: string,
  format: "relative" | "date" | "time" | "full" = "relative",
  now: number = Date.now(),
): string {
  const day = /^\d{4}-\d{2}-\d{2}$/u.test(iso);
  const at = new Date(day ? `${iso}T12:00:00` : iso);
  if (Number.isNaN(at.getTime())) return iso;
  const formats = timeFormats();
  if (format !== "relative") return formats[day ? "date" : format].format(at);
  const seconds = (at.getTime() - now) / 1000;
  const distance = Math.abs(seconds);
  if (distance >= 30 * 86_400) return formats.date.format(at);
  const unit = units.find(([, size]) => distance >= size);
  if (unit === undefined) return "just now";
  return formats.relative.format(Math.trunc(seconds / unit[1]), unit[0]);
}
