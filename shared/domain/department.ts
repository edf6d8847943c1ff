/** A department: the home of playbooks, lessons and people. */
import { originFields } from "./common-fields.ts";
import type { RecordType } from "./record-type.ts";

export const department: RecordType = {
  label: "Department",
  plural: "Departments",
  purpose:
    "The homes of playbooks, lessons and people; what crosses from one to another is what counts.",
  titleField: "name",
  statuses: null,
  fields: {
    name: { kind: "line", label: "Name", section: "about", search: "title" },
    parent_id: { kind: "reference", label: "Part of", section: "about", to: "department" },
    lead_ids: { kind: "references", label: "Leads", section: "people", to: "person" },
    body: { kind: "markdown", label: "About", section: "content", search: "body" },
    core_skills: {
      kind: "list",
      label: "Core skills",
      section: "people",
      fields: {
        skill: { kind: "reference", label: "Skill", section: "people", to: "skill" },
        required_level: {
          kind: "number",
          label: "Required level",
          section: "people",
          min: 0,
          max: 5,
        },
        levels: { kind: "lines", label: "For levels", section: "people" },
      },
    },
    capability_assessments: {
      kind: "object",
      label: "Capability assessments",
      section: "trust",
      readOnly: true,
    },
    ...originFields,
  },
};
