/**
 * What each role may do with records, as one table to read. A member makes records and keeps their
 * own; a lead keeps those of the departments they lead; a verifier says what is true; a steward may
 * do everything. Tags, votes and word of how it went are everybody's.
 */
import { removedPath } from "../change.ts";
import type { RecordId } from "../ids.ts";
import { recordTypeOf } from "../record-types.ts";
import type { Role } from "./role.ts";

/** A change, as far as permission goes. */
export type Writing = {
  readonly author: RecordId;
  readonly record: RecordId;
  readonly type: string;
  /** Whether it makes the record. */
  readonly fresh: boolean;
  /** Whether the author made the record or owns it. */
  readonly own: boolean;
  /** Of the record as it was; of a new one, as it is made. */
  readonly department: string | null;
  /** The names of the fields it writes. */
  readonly fields: ReadonlySet<string>;
  readonly status: string | null;
  readonly votesForOthers: boolean;
  /** It says on what it stands, and of that nothing counts. */
  readonly groundless: boolean;
};

/** What its author holds. */
export type Roles = {
  readonly roles: ReadonlySet<Role>;
  readonly leads: ReadonlySet<string>;
};

/** Fields that anybody writes in anybody's record. */
const everybodys: ReadonlySet<string> = new Set([
  "tags",
  "votes",
  "searches",
  "comments",
  "thanks",
  "uses",
  "applications",
  "ratings",
  "adoptions",
]);
/** A request is answered by whoever has the answer. */
const answering: ReadonlySet<string> = new Set(["fulfilled_by", "status"]);
const verifying: ReadonlySet<string> = new Set(["verification", "flags"]);
/** States that only a lead or a steward gives a playbook. */
const published: ReadonlySet<string> = new Set(["published", "superseded", "archived"]);
/** What all departments share; members propose topics, tools and sources freely. */
const founded: ReadonlySet<string> = new Set([
  "department",
  "skill",
  "skill_domain",
  "vocabulary_term",
]);
const shared: ReadonlySet<string> = new Set([
  "topic",
  "tool",
  "source",
  "skill",
  "skill_domain",
  "vocabulary_term",
]);

/** Why the roles do not allow it, as a sentence; undefined when they do. */
export function refusalByRole(writing: Writing, { roles, leads }: Roles): string | undefined {
  if (roles.has("steward")) return undefined;
  if (roles.size === 0) {
    return "Whoever wrote this holds no role in this shared workspace any more. Ask a steward for one.";
  }
  if (isLeadOf(writing, leads)) return undefined;
  if (writing.groundless) {
    return "This was written into a record that does not count itself. Make a record of your own, or ask a steward.";
  }
  if (writing.fresh) return refusalToMake(writing, leads.size > 0);
  if (writing.type === "playbook" && publishes(writing) && writing.own) return publishing;
  if (writing.own && writing.type !== "person") return undefined;
  if (writing.record === writing.author) return undefined;
  if (leads.size > 0 && shared.has(writing.type)) return undefined;
  return refusalToEdit(writing, roles);
}

function isLeadOf({ type, record, department, fresh }: Writing, leads: ReadonlySet<string>) {
  if (type === "department") return !fresh && leads.has(record);
  return department !== null && leads.has(department);
}

function refusalToMake(writing: Writing, isLead: boolean): string | undefined {
  const { type, record, author } = writing;
  if (type === "person" && record !== author && !isLead) {
    return "Only a steward or a lead may add other people. Ask one of them, or invite a colleague through them.";
  }
  if (founded.has(type) && !isLead) {
    return `Only a steward or a lead may add a ${labelOf(type)}. Ask one of them to add it.`;
  }
  return type === "playbook" && publishes(writing) ? publishing : undefined;
}

const publishing =
  "Only a lead of its department or a steward may publish a playbook. Keep it as a draft or send it to review, and ask one of them.";

function publishes({ status }: Writing): boolean {
  return status !== null && published.has(status);
}

function refusalToEdit(writing: Writing, roles: ReadonlySet<Role>): string | undefined {
  const { type, fields, votesForOthers } = writing;
  const open = (field: string) =>
    everybodys.has(field) ||
    (type === "request" && answering.has(field)) ||
    (roles.has("verifier") && verifying.has(field));
  const closed = [...fields].filter((field) => !open(field));
  if (votesForOthers) return "Everybody votes for themselves only. Ask the person to vote.";
  if (closed.length === 0) return undefined;
  if (type === "person") {
    return "Only the person, a lead of their department or a steward may change this page. Ask one of them.";
  }
  if (closed.every((field) => verifying.has(field))) {
    return `Only a verifier, a lead of its department or a steward may verify a ${labelOf(type)}. Ask one of them.`;
  }
  const deed = closed.includes(removedPath) ? "move it to the trash or back" : "change it";
  return `This ${labelOf(type)} belongs to somebody else: only who made it, its owner, a lead of its department or a steward may ${deed}. Ask one of them${deed === "change it" ? ", or make one of your own" : ""}.`;
}

function labelOf(type: string): string {
  return recordTypeOf(type)?.label.toLowerCase() ?? "record";
}
