/** A term of the search vocabulary: words that people use for the same thing. */
import { originFields } from "./common-fields.ts";
import type { RecordType } from "./record-type.ts";

export const vocabularyTerm: RecordType = {
  label: "Vocabulary term",
  plural: "Vocabulary",
  purpose: "Words that mean the same here, so that a search for one finds the others too.",
  titleField: "name",
  statuses: null,
  fields: {
    name: { kind: "line", label: "Name", section: "about", search: "title" },
    synonyms: {
      kind: "lines",
      label: "Also said",
      section: "about",
      search: "tags",
      help: "One word or short phrase a line. Search finds any of them where another is asked.",
    },
    merged_into: {
      kind: "reference",
      label: "Same as",
      section: "about",
      to: "vocabulary_term",
      help: "These words then count as that term's.",
    },
    switched_off: {
      kind: "flag",
      label: "Switched off",
      section: "about",
      help: "Search takes no notice of it, nor of the words that Guildhall brings under this name.",
    },
    body: { kind: "markdown", label: "About", section: "content", search: "body" },
    ...originFields,
  },
};
