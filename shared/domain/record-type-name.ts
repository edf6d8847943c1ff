/** The names of the record types, apart from their declarations so that fields can point at them. */

/** The names are also the values of `type:` in search and of `--type` on the command line. */
export const recordTypeNames = [
  "playbook",
  "lesson",
  "person",
  "department",
  "topic",
  "skill",
  "skill_domain",
  "tool",
  "source",
  "request",
  "vocabulary_term",
] as const;
export type RecordTypeName = (typeof recordTypeNames)[number];

/** Whether this version knows a record type of that name. */
export function isRecordTypeName(name: string): name is RecordTypeName {
  return recordTypeNames.some((known) => known === name);
}
