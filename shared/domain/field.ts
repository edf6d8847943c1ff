/**
 * How a field of a record is declared: once, with its label, its form, how it merges and how much
 * it weighs in search. Screens, forms, the command line, import and export all read this table,
 * so a new field is one line in the file of its record type.
 */
import type { RecordTypeName } from "./record-type-name.ts";

/** Which part of a record a word was found in; search weighs and names them. */
export const searchFields = ["title", "headings", "steps", "prompts", "tags", "body"] as const;
export type SearchField = (typeof searchFields)[number];

/** How concurrent writes of the field meet: see record-state.ts. */
export type Merge = "register" | "set" | "list" | "group" | "text";

/** Where on a form and on the reading page the field stands. */
export type Section =
  | "about"
  | "content"
  | "guardrails"
  | "handoff"
  | "trust"
  | "context"
  | "people"
  | "effort"
  | "relations"
  | "origin";

type Common = {
  readonly label: string;
  readonly section: Section;
  /** One sentence under the field that says what belongs in it. */
  readonly help?: string;
  readonly search?: SearchField;
  /** Written by the app, shown, not offered in a form. */
  readonly readOnly?: true;
};

type Option = { readonly value: string; readonly label: string };

export type Field =
  | (Common & { readonly kind: "line" | "markdown" | "date" | "url" | "flag" | "object" })
  | (Common & {
      readonly kind: "number";
      readonly min?: number;
      readonly max?: number;
      readonly unit?: string;
    })
  | (Common & { readonly kind: "choice" | "choices"; readonly options: readonly Option[] })
  | (Common & { readonly kind: "reference" | "references"; readonly to: RecordTypeName | "any" })
  | (Common & { readonly kind: "tags" | "lines" })
  /** Files beside the text: members are `{hash, name, media_type, bytes, href}`. */
  | (Common & { readonly kind: "attachments" })
  | (Common & {
      readonly kind: "group" | "list";
      readonly fields: Readonly<Record<string, Field>>;
    });

export type FieldKind = Field["kind"];

/** How a field of this kind merges. */
export function mergeOf(kind: FieldKind): Merge {
  switch (kind) {
    case "markdown":
      return "text";
    case "tags":
    case "lines":
    case "choices":
    case "references":
    case "attachments":
      return "set";
    case "list":
      return "list";
    case "group":
      return "group";
    case "line":
    case "date":
    case "url":
    case "flag":
    case "object":
    case "number":
    case "choice":
    case "reference":
      return "register";
  }
}

/** Options from words: `near_miss` is labelled "Near miss"; `["cx", "CX"]` says its own label. */
export function options(
  ...words: readonly (string | readonly [string, string])[]
): readonly Option[] {
  return words.map((word) => {
    if (typeof word !== "string") return { value: word[0], label: word[1] };
    const spaced = word.replaceAll("_", " ");
    return { value: word, label: spaced.charAt(0).toUpperCase() + spaced.slice(1) };
  });
}
