/** A source: something outside the workspace that records rely on. */
import { originFields } from "./common-fields.ts";
import { options } from "./field.ts";
import type { RecordType } from "./record-type.ts";

export const source: RecordType = {
  label: "Source",
  plural: "Sources",
  purpose: "Papers, vendor documents, courses and partners that playbooks and lessons rely on.",
  titleField: "title",
  statuses: null,
  fields: {
    title: { kind: "line", label: "Title", section: "about", search: "title" },
    kind: {
      kind: "choice",
      label: "Kind",
      section: "about",
      options: options("paper", "vendor_doc", "course", "consultant", "partner_institution"),
    },
    url: { kind: "url", label: "Address", section: "about" },
    retrieved_on: { kind: "date", label: "Retrieved on", section: "about" },
    licence: { kind: "line", label: "Licence", section: "about" },
    summary: { kind: "line", label: "Summary", section: "about", search: "headings" },
    body: { kind: "markdown", label: "Notes", section: "content", search: "body" },
    ...originFields,
  },
};
