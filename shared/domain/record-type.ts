/** What a record type declares. */
import type { Field } from "./field.ts";

export type RecordType = {
  readonly label: string;
  readonly plural: string;
  /** One sentence for an empty list: what such records are for. */
  readonly purpose: string;
  /** The field that names the record. */
  readonly titleField: string;
  /** The states, first one new; null where the type has none. */
  readonly statuses: readonly string[] | null;
  /** Declared fields by name. Every type has a Markdown `body` besides. */
  readonly fields: Readonly<Record<string, Field>>;
};
