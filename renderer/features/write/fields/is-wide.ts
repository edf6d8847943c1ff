/** Which fields need a form's whole width. */
import type { Field } from "#shared/domain/field.ts";

/** Texts, groups and lists do, and so does a line that is read as a sentence: search reads it, too. */
export function isWide({ kind, search }: Field): boolean {
  const isLong = kind === "markdown" || kind === "lines";
  const holdsFields = kind === "group" || kind === "list";
  return isLong || holdsFields || (kind === "line" && search !== undefined);
}
