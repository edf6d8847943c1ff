/** What the operators ask of a record besides its words: its authors, tags, topics and tools. */
import { z } from "zod";
import type { Json } from "#shared/domain/json.ts";
import type { ProjectedRecord } from "../../projections/projector.ts";

const listSchema = z.array(z.string());
const labelsSchema = z.object({ tag: listSchema, topic: listSchema, tool: listSchema });

/** Tags as written; topics and tools as record ids. */
export type Labels = z.infer<typeof labelsSchema>;

/** A record's labels, as they are stored. */
export function encodeLabels(record: ProjectedRecord): string {
  const labels: Labels = {
    tag: strings(record.fields["tags"]),
    topic: strings(record.fields["topics"]),
    tool: strings(record.fields["tools"]),
  };
  return JSON.stringify(labels);
}

/** The labels that were stored. */
export function decodeLabels(stored: string): Labels {
  return labelsSchema.parse(JSON.parse(stored));
}

/** Who wrote it or answers for it, as they are stored. */
export function encodeAuthors(record: ProjectedRecord): string {
  const people = new Set([record.createdBy, record.updatedBy]);
  return JSON.stringify([...people, ...(record.ownerId === null ? [] : [record.ownerId])]);
}

/** The authors that were stored. */
export function decodeAuthors(stored: string): readonly string[] {
  return listSchema.parse(JSON.parse(stored));
}

function strings(value: Json | undefined): string[] {
  if (typeof value === "string") return [value];
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
