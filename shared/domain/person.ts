/** A person: an employee or an external expert. */
import { originFields } from "./common-fields.ts";
import { options } from "./field.ts";
import type { RecordType } from "./record-type.ts";

export const person: RecordType = {
  label: "Person",
  plural: "People",
  purpose: "Who knows what, who owns what, and who offers to mentor.",
  titleField: "display_name",
  statuses: null,
  fields: {
    display_name: { kind: "line", label: "Name", section: "about", search: "title" },
    email: { kind: "line", label: "Email", section: "about" },
    kind: {
      kind: "choice",
      label: "Kind",
      section: "about",
      options: options("employee", "external_expert"),
    },
    department_id: { kind: "reference", label: "Department", section: "about", to: "department" },
    role_family: { kind: "line", label: "Role", section: "about", search: "headings" },
    level: {
      kind: "choice",
      label: "Level",
      section: "about",
      options: options("front_line", "specialist", "team_lead", "manager", "executive"),
    },
    languages: { kind: "lines", label: "Languages", section: "about", search: "tags" },
    time_zone: { kind: "line", label: "Time zone", section: "about" },
    manager_id: { kind: "reference", label: "Manager", section: "people", to: "person" },
    body: { kind: "markdown", label: "About", section: "content", search: "body" },
    organisation: {
      kind: "line",
      label: "Organisation",
      section: "about",
      help: "For external experts.",
    },
    contract_until: { kind: "date", label: "Contract until", section: "about" },
    may_see_departments: {
      kind: "references",
      label: "May see departments",
      section: "about",
      to: "department",
    },
    active_from: { kind: "date", label: "Active from", section: "people" },
    active_until: { kind: "date", label: "Active until", section: "people" },
    public_keys: { kind: "lines", label: "Public keys", section: "origin", readOnly: true },
    devices: { kind: "lines", label: "Devices", section: "origin", readOnly: true },
    mentor_profile: {
      kind: "group",
      label: "Mentoring",
      section: "people",
      fields: {
        is_mentor: { kind: "flag", label: "Offers to mentor", section: "people" },
        is_mentee: { kind: "flag", label: "Looks for a mentor", section: "people" },
        offers_skills: { kind: "references", label: "Offers", section: "people", to: "skill" },
        wants_skills: {
          kind: "references",
          label: "Wants to learn",
          section: "people",
          to: "skill",
        },
        capacity: {
          kind: "number",
          label: "Capacity",
          section: "people",
          min: 0,
          max: 50,
          unit: "people",
        },
        availability: { kind: "lines", label: "Availability", section: "people" },
        formats: {
          kind: "choices",
          label: "Formats",
          section: "people",
          options: options("video", "in_person", "phone", "async"),
        },
        avoid: { kind: "references", label: "Do not match with", section: "people", to: "person" },
      },
    },
    ...originFields,
  },
};
