/** Reads where a record came from out of its fields. */
import type { Json } from "#shared/domain/json.ts";
import type { Origin } from "./place.ts";

type Fields = Readonly<Record<string, Json>>;

/** The record's collection and path; null for a record that came from no file. */
export function originOf(fields: Fields): Origin {
  const { origin_collection: collection, origin_path: path } = fields;
  return typeof collection === "string" && typeof path === "string" ? { collection, path } : null;
}

/** Which part of its file the record is, from 0. */
export function partOf(fields: Fields): number {
  return typeof fields["origin_part"] === "number" ? fields["origin_part"] : 0;
}

/** The texts in a set field; [] where it is empty. */
export function textsIn(fields: Fields, name: string): readonly string[] {
  const value = fields[name];
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
