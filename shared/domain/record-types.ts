/** Every record type Guildhall knows, in the order in which screens list them. */
import { department } from "./department.ts";
import { lesson } from "./lesson.ts";
import { person } from "./person.ts";
import { playbook } from "./playbook.ts";
import { isRecordTypeName, type RecordTypeName } from "./record-type-name.ts";
import type { RecordType } from "./record-type.ts";
import { request } from "./request.ts";
import { skill, skillDomain } from "./skill.ts";
import { source } from "./source.ts";
import { tool } from "./tool.ts";
import { topic } from "./topic.ts";
import { vocabularyTerm } from "./vocabulary-term.ts";

export const recordTypes: Readonly<Record<RecordTypeName, RecordType>> = {
  playbook,
  lesson,
  person,
  department,
  topic,
  skill,
  skill_domain: skillDomain,
  tool,
  source,
  request,
  vocabulary_term: vocabularyTerm,
};

/** The declaration of a type, or undefined for a type that only a newer version knows. */
export function recordTypeOf(name: string): RecordType | undefined {
  return isRecordTypeName(name) ? recordTypes[name] : undefined;
}
