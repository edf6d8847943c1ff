/** What a record holds, sorted for reading: which parts have a place of their own. */
import { z } from "zod";
import type { RecordView } from "#shared/contract/record-shapes.ts";
import type { Json } from "#shared/domain/json.ts";
import { isBlank } from "#renderer/ui/field-text.ts";

/** A part of the page with a heading of its own, in reading order. */
export type Part = { readonly id: string; readonly label: string };

export type Parts = {
  /** The sentence under the title. */
  readonly lede: string;
  readonly before: readonly Part[];
  readonly after: readonly Part[];
  /** Fields that are shown elsewhere than in the details at the end. */
  readonly shown: ReadonlySet<string>;
  /** Nothing was written yet, in the text or in any part. */
  readonly isEmpty: boolean;
};

type Shown = readonly (readonly [field: string, label: string])[];

const playbookAfter: Shown = [
  ["steps", "Steps"],
  ["prompts", "Prompts"],
  ["capabilities_md", "What it does well"],
  ["limitations_md", "Known limits, and when not to use it"],
  ["fallback_md", "Fallback without AI"],
];
const lessonBefore: Shown = [
  ["driving_event", "What set it off"],
  ["what_was_supposed_to_happen", "What was supposed to happen"],
  ["what_happened", "What happened"],
  ["why_different", "Why it was different"],
];
const lessonAfter: Shown = [
  ["impact", "Impact"],
  ["root_causes", "Root causes"],
  ["contributing_factors", "Contributing factors"],
  ["recommendations", "Recommendations"],
  ["action_items", "Action items"],
  ["went_well", "What went well"],
  ["went_wrong", "What went wrong"],
  ["got_lucky", "Where we got lucky"],
  ["timeline", "Timeline"],
];

/** Fields that the header and the panels show. */
const railFields = (
  "title name display_name summary abstract status department_id owner_id verification " +
  "version_label published_at published_revision flags owner_hint risk_tier autonomy_level " +
  "data_classes guardrails bias_check transparency policies handoff last_drill_on kind tags " +
  "event_date detected_how description front_matter origin_hash origin_part origin_copies public_keys " +
  "devices attachments confidence"
).split(" ");

/** Where each of the record's fields is shown. */
export function partsOf(record: RecordView): Parts {
  const has = ([field]: readonly [string, string]) => !isBlank(record.fields[field]);
  const [before, after] =
    record.type === "playbook"
      ? [[], playbookAfter]
      : record.type === "lesson"
        ? [lessonBefore, lessonAfter]
        : [[], []];
  const placed = [...before, ...after].map(([field]) => field);
  const known = record.type === "playbook" || record.type === "lesson";
  return {
    lede: text(record, "summary") || text(record, "abstract") || text(record, "description"),
    before: before.filter(has).map(toPart),
    after: after.filter(has).map(toPart),
    shown: new Set([...placed, ...(known ? railFields : generalFields)]),
    isEmpty: record.body.trim() === "" && ![...before, ...after].some(has),
  };
}

/** For types without panels of their own, only what the header says already is left out. */
const generalFields = railFields.filter(
  (field) => !["kind", "topics", "tags", "data_classes", "policies"].includes(field),
);

function toPart([field, label]: readonly [string, string]): Part {
  return { id: `part-${field}`, label };
}

/** A field that holds a line or a text; "" for anything else. */
export function text(record: RecordView, field: string): string {
  const value = record.fields[field];
  return typeof value === "string" ? value : "";
}

/** A field that holds lines. */
export function lines(record: RecordView, field: string): readonly string[] {
  return z
    .array(z.string())
    .catch([])
    .parse(record.fields[field] ?? []);
}

/** A group's texts by name: what is not a text is left out. */
export function group(value: Json | undefined): Readonly<Record<string, string>> {
  const parsed = z
    .record(z.string(), z.unknown())
    .catch({})
    .parse(value ?? {});
  return Object.fromEntries(
    Object.entries(parsed).flatMap(([name, item]) =>
      typeof item === "string" || typeof item === "number" ? [[name, String(item)]] : [],
    ),
  );
}

const itemSchema = z.looseObject({ id: z.string().optional().catch(undefined) });

/** An ordered list's elements as objects; anything else is left out. */
export function items(value: Json | undefined): readonly z.infer<typeof itemSchema>[] {
  return z
    .array(z.unknown())
    .catch([])
    .parse(value ?? [])
    .flatMap((item) => {
      const parsed = itemSchema.safeParse(item);
      return parsed.success ? [parsed.data] : [];
    });
}
