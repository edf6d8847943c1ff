/** Fields that several record types share, declared once. */
import { type Field, options } from "./field.ts";

type Fields = Readonly<Record<string, Field>>;

export const ownershipFields = {
  department_id: { kind: "reference", label: "Department", section: "about", to: "department" },
  owner_id: {
    kind: "reference",
    label: "Owner",
    section: "about",
    to: "person",
    help: "The one person who keeps this true.",
  },
  status: { kind: "line", label: "Status", section: "about", readOnly: true },
  topics: { kind: "references", label: "Topics", section: "about", to: "topic", search: "tags" },
} as const satisfies Fields;

/** Where in the work the record applies. */
export const contextFields = {
  use_case: { kind: "line", label: "Use case", section: "context", search: "tags" },
  experience: {
    kind: "choice",
    label: "Experience",
    section: "context",
    options: options(["CX", "Customers (CX)"], ["EX", "Employees (EX)"], ["both", "Both"]),
  },
  journey_stage: {
    kind: "choice",
    label: "Journey stage",
    section: "context",
    options: options("upstream", "midstream", "downstream"),
  },
  channels: {
    kind: "choices",
    label: "Channels",
    section: "context",
    options: options(
      "phone",
      "email",
      "chat",
      "social",
      "self_service",
      "in_person",
      "back_office",
    ),
  },
  touchpoints: { kind: "lines", label: "Touchpoints", section: "context" },
  systems: {
    kind: "lines",
    label: "Systems",
    section: "context",
    help: "CRM, ticketing, workforce management, quality, reporting or your own.",
  },
  pillar: {
    kind: "choices",
    label: "Pillar",
    section: "context",
    options: options("people", "process", "technology"),
  },
} as const satisfies Fields;

/** Who checked it, when, and until when that holds. */
export const verificationField: Field = {
  kind: "group",
  label: "Verification",
  section: "trust",
  fields: {
    type: {
      kind: "choice",
      label: "Kind",
      section: "trust",
      options: options("expiring", "approval"),
    },
    mode: {
      kind: "choice",
      label: "Mode",
      section: "trust",
      options: options("period", "fixed", "indefinite"),
    },
    period_amount: { kind: "number", label: "Every", section: "trust", min: 1 },
    period_unit: {
      kind: "choice",
      label: "Unit",
      section: "trust",
      options: options("day", "week", "month", "year"),
    },
    verified_at: { kind: "date", label: "Verified", section: "trust" },
    verified_by: { kind: "reference", label: "Verified by", section: "trust", to: "person" },
    verified_revision: {
      kind: "number",
      label: "Verified revision",
      section: "trust",
      readOnly: true,
    },
    expires_at: { kind: "date", label: "Expires", section: "trust" },
    requested_at: { kind: "date", label: "Asked for", section: "trust", readOnly: true },
    requested_by: {
      kind: "reference",
      label: "Asked by",
      section: "trust",
      to: "person",
      readOnly: true,
    },
    rejected_at: { kind: "date", label: "Rejected", section: "trust", readOnly: true },
    rejected_by: {
      kind: "reference",
      label: "Rejected by",
      section: "trust",
      to: "person",
      readOnly: true,
    },
    rejection_comment: { kind: "line", label: "Why rejected", section: "trust", readOnly: true },
    verifiers: { kind: "references", label: "Verifiers", section: "trust", to: "person" },
  },
};

/** Typed links to other records. */
export const relationField: Field = {
  kind: "list",
  label: "Related records",
  section: "relations",
  fields: {
    kind: {
      kind: "choice",
      label: "Relation",
      section: "relations",
      options: options(
        "supersedes",
        "variant_of",
        "derived_from_lesson",
        "depends_on",
        "see_also",
        "led_to",
        "changes",
        "contradicts",
      ),
    },
    target_id: { kind: "reference", label: "Record", section: "relations", to: "any" },
  },
};

/**
 * Where an imported record came from. Export needs these to write the folder back as it was:
 * `front_matter` holds the block as it stood in the file (`block`, with its fences) and the keys
 * that no field stands for (`unknown`); `body` is the rest of the file to the letter. A copy in
 * `origin_copies` is `collection/path`, an old address of it `collection//address`, and a name of
 * it stands by itself.
 */
export const originFields = {
  attachments: {
    kind: "attachments",
    label: "Attachments",
    section: "content",
    help: "Images and files that the text refers to.",
    readOnly: true,
  },
  aliases: {
    kind: "lines",
    label: "Also known as",
    section: "origin",
    help: "Old addresses and names that still lead here.",
  },
  owner_hint: { kind: "line", label: "Owner named in the file", section: "origin", readOnly: true },
  origin_path: { kind: "line", label: "Imported from", section: "origin", readOnly: true },
  origin_collection: { kind: "line", label: "Collection", section: "origin", readOnly: true },
  origin_hash: {
    kind: "line",
    label: "Hash of the imported file",
    section: "origin",
    readOnly: true,
  },
  origin_part: { kind: "number", label: "Part of the file", section: "origin", readOnly: true },
  origin_copies: {
    kind: "lines",
    label: "Copies that were left out",
    section: "origin",
    help: "Files with the same text, and their other names. Links to them lead here.",
    readOnly: true,
  },
  front_matter: { kind: "object", label: "Front matter", section: "origin", readOnly: true },
} as const satisfies Fields;
