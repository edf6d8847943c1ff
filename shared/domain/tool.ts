/** A tool: an AI system people may use, and with which data. */
import { originFields } from "./common-fields.ts";
import { options } from "./field.ts";
import type { RecordType } from "./record-type.ts";

export const tool: RecordType = {
  label: "Tool",
  plural: "Tools",
  purpose: "AI systems, whether they are approved, and which data may go into them.",
  titleField: "name",
  statuses: null,
  fields: {
    name: { kind: "line", label: "Name", section: "about", search: "title" },
    vendor: { kind: "line", label: "Vendor", section: "about", search: "headings" },
    approved: { kind: "flag", label: "Approved for use", section: "guardrails" },
    data_classes_allowed: {
      kind: "choices",
      label: "Data allowed",
      section: "guardrails",
      options: options("none", "internal", "personal", "special_category"),
    },
    url: { kind: "url", label: "Address", section: "about" },
    body: { kind: "markdown", label: "About", section: "content", search: "body" },
    ...originFields,
  },
};
