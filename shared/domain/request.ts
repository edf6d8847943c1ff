/** A request: knowledge that somebody looked for and did not find. */
import { originFields } from "./common-fields.ts";
import type { RecordType } from "./record-type.ts";

export const request: RecordType = {
  label: "Request",
  plural: "Requests",
  purpose: "What people looked for and did not find, so that someone who knows can write it.",
  titleField: "title",
  statuses: ["open", "in_progress", "fulfilled", "declined"],
  fields: {
    title: { kind: "line", label: "What is missing", section: "about", search: "title" },
    query_text: { kind: "line", label: "Searched for", section: "about", search: "headings" },
    asked_by: { kind: "reference", label: "Asked by", section: "people", to: "person" },
    department_id: { kind: "reference", label: "Department", section: "about", to: "department" },
    status: { kind: "line", label: "Status", section: "about", readOnly: true },
    votes: { kind: "references", label: "Wanted by", section: "people", to: "person" },
    searches: {
      kind: "list",
      label: "Searched for in vain",
      section: "about",
      help: "How often, by those who agreed to share such counts.",
      readOnly: true,
      fields: { count: { kind: "number", label: "Times", section: "about", min: 1 } },
    },
    fulfilled_by: { kind: "reference", label: "Answered by", section: "relations", to: "any" },
    body: { kind: "markdown", label: "Details", section: "content", search: "body" },
    ...originFields,
  },
};
