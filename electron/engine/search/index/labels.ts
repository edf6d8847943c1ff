/** What the operators ask of a record besides its words: its authors, tags, topics and tools. */
import type { ProjectedRecord } from "../../projections/projector.ts";

/** Tags as written; topics and tools as record ids. */
export type Labels = {
  readonly tag: readonly string[];
  readonly topic: readonly string[];
  readonly tool: readonly string[];
};

/** A record's labels, as they are stored. */
export function encodeLabels(record: ProjectedRecord): string {
  const { fields } = record;
  return JSON.stringify([fields["tags"], fields["topics"], fields["tools"]].map(strings));
}

/** The labels that were stored. */
export function decodeLabels(stored: string): Labels {
  const lists = parseList(stored);
  return { tag: strings(lists[0]), topic: strings(lists[1]), tool: strings(lists[2]) };
}

/** Who wrote it or answers for it, as they are stored. */
export function encodeAuthors(record: ProjectedRecord): string {
  const { createdBy, updatedBy, ownerId } = record;
  const people = createdBy === updatedBy ? [createdBy] : [createdBy, updatedBy];
  return JSON.stringify(ownerId === null ? people : [...people, ownerId]);
}

/** The authors that were stored. */
export function decodeAuthors(stored: string): readonly string[] {
  return strings(parseList(stored));
}

/** Written by hand, as a schema would take most of the time that opening a large workspace takes. */
function parseList(stored: string): readonly unknown[] {
  const parsed: unknown = JSON.parse(stored);
  return Array.isArray(parsed) ? parsed : [];
}

function strings(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
