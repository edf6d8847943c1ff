/** A topic: a subject that records of several departments share. */
import { originFields } from "./common-fields.ts";
import type { RecordType } from "./record-type.ts";

export const topic: RecordType = {
  label: "Topic",
  plural: "Topics",
  purpose: "Subjects that several departments write about, so that their pages meet.",
  titleField: "name",
  statuses: null,
  fields: {
    name: { kind: "line", label: "Name", section: "about", search: "title" },
    synonyms: { kind: "lines", label: "Also called", section: "about", search: "tags" },
    parent_id: { kind: "reference", label: "Part of", section: "about", to: "topic" },
    body: { kind: "markdown", label: "About", section: "content", search: "body" },
    ...originFields,
  },
};
