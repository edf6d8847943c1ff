/** Skills and the domains they belong to. */
import { originFields } from "./common-fields.ts";
import type { RecordType } from "./record-type.ts";

export const skill: RecordType = {
  label: "Skill",
  plural: "Skills",
  purpose: "What people can learn and be good at, in levels from 0 to 5.",
  titleField: "name",
  statuses: null,
  fields: {
    name: { kind: "line", label: "Name", section: "about", search: "title" },
    domain_id: { kind: "reference", label: "Domain", section: "about", to: "skill_domain" },
    description: { kind: "line", label: "Description", section: "about", search: "headings" },
    synonyms: { kind: "lines", label: "Also called", section: "about", search: "tags" },
    body: { kind: "markdown", label: "About", section: "content", search: "body" },
    levels: {
      kind: "list",
      label: "Levels",
      section: "content",
      fields: {
        level: { kind: "number", label: "Level", section: "content", min: 0, max: 5 },
        behavioural_anchor: {
          kind: "line",
          label: "What someone at this level does",
          section: "content",
          search: "body",
        },
      },
    },
    retired: { kind: "flag", label: "Retired", section: "about" },
    ...originFields,
  },
};

export const skillDomain: RecordType = {
  label: "Skill domain",
  plural: "Skill domains",
  purpose: "The fields of competence that skills belong to.",
  titleField: "name",
  statuses: null,
  fields: {
    name: { kind: "line", label: "Name", section: "about", search: "title" },
    body: { kind: "markdown", label: "About", section: "content", search: "body" },
    ...originFields,
  },
};
