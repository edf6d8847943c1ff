/** Where two people wrote different things into one text, and what each wrote there. */
import { mergeTexts } from "#shared/domain/merge-text.ts";

/** One place. `from` and `to` are where it stands in the text to start from. */
export type MergePlace = {
  readonly base: string;
  readonly a: string;
  readonly b: string;
  /** Some words around it, which both have. */
  readonly before: string;
  readonly after: string;
  readonly from: number;
  readonly to: number;
};

export type MergeStart = { readonly text: string; readonly places: readonly MergePlace[] };

/** As many letters of what stands around a place are shown. */
const around = 70;

/** The text in which everything that meets without a clash is merged, with `a` at the places that do not. */
export function mergeStart(base: string, a: string, b: string): MergeStart {
  const merged = mergeTexts(base, a, b);
  if (merged.clean) return { text: merged.text, places: [] };
  const places: MergePlace[] = [];
  let text = "";
  for (const [index, region] of merged.regions.entries()) {
    const from = text.length;
    text += region.kind === "clean" ? region.text : region.a;
    if (region.kind === "clean") continue;
    places.push({
      base: region.base,
      a: region.a,
      b: region.b,
      before: lastWords(cleanAt(merged.regions[index - 1])),
      after: firstWords(cleanAt(merged.regions[index + 1])),
      from,
      to: text.length,
    });
  }
  return { text, places };
}

/** Both, one after the other: on lines of their own where they are lines. */
export function both({ a, b }: Pick<MergePlace, "a" | "b">): string {
  if (a === "" || b === "" || /\s$/u.test(a) || /^\s/u.test(b)) return a + b;
  return `${a}${/\n/u.test(a + b) ? "\n" : " "}${b}`;
}

type Region = { readonly kind: "clean"; readonly text: string } | { readonly kind: "conflict" };

function cleanAt(region: Region | undefined): string {
  return region?.kind === "clean" ? region.text : "";
}

function lastWords(text: string): string {
  if (text.length <= around) return text;
  return `… ${text.slice(-around).replace(/^\S*\s/u, "")}`;
}

function firstWords(text: string): string {
  if (text.length <= around) return text;
  return `${text.slice(0, around).replace(/\s\S*$/u, "")} …`;
}
