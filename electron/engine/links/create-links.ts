/**
 * Links between records: what each text points at, and by which names each record can be reached.
 * Nothing is resolved when it is written. A link keeps the key it asks for, a record the keys it
 * answers to, and the two meet when somebody reads; so a link finds its page however late the page
 * arrives, and any order of changes gives the same tables. Attachments are next door.
 */
import type { RecordId } from "#shared/domain/ids.ts";
import type { AttachmentFiles } from "../attachments/attachment-files.ts";
import type { Readable } from "../db/database.ts";
import type { Projector } from "../projections/projector.ts";
import { type LinkReport, readLinks } from "./links-of.ts";
import { linkProjector } from "./link-projector.ts";

type Dependencies = {
  readonly databases: { readonly read: Readable };
  /** Type and size of an attachment, for those that only a text names. */
  readonly describe: AttachmentFiles["describe"];
};

export type Links = {
  readonly projector: Projector;
  /** What links here, and what this record links to; empty lists for a record that is not there. */
  readonly linksOf: (id: RecordId) => LinkReport;
};

/** Builds the links over the reading side of the workspace's database. */
export function createLinks(deps: Dependencies): Links {
  return {
    projector: linkProjector,
    linksOf: (id) => readLinks(deps.databases.read, id, deps.describe),
  };
}
