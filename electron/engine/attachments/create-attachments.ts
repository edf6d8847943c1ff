/**
 * Attachments: images and files beside a record's text, kept once by the hash of their content.
 * What belongs to which record is said in the records themselves, so it survives a rebuild; the
 * bytes lie in the profile and are not part of the log.
 */
import { z } from "zod";
import type { attachments } from "#shared/contract/transfers.ts";
import { type RecordId, recordIdSchema } from "#shared/domain/ids.ts";
import type { GroupHandlers } from "#shared/rpc/define.ts";
import { ExpectedFailure } from "#shared/rpc/wire.ts";
import type { Readable } from "../db/database.ts";
import { statement } from "../db/statement.ts";
import type { Projector } from "../projections/projector.ts";
import type { AttachmentFetcher } from "../sync/attachment-fetcher.ts";
import type { AttachmentFetch } from "../sync/exchange/attachment-in.ts";
import type { RecordStore } from "../records/record-store.ts";
import { type AttachmentFiles, mostBytes } from "./attachment-files.ts";
import {
  attachmentProjector,
  attachmentsOf,
  hrefOf,
  memberOf,
  membersIn,
  type Attachment,
} from "./attachment-table.ts";

type Dependencies = {
  readonly files: AttachmentFiles;
  readonly databases: { readonly read: Readable };
  readonly store: Pick<RecordStore, "get" | "write">;
  /** Brings what colleagues added; absent where nothing is shared. */
  readonly fetcher?: AttachmentFetcher;
};

export type Attachments = {
  readonly projector: Projector;
  readonly handlers: GroupHandlers<typeof attachments>;
  readonly readAttachment: (
    hash: string,
  ) => Promise<{ readonly bytes: Uint8Array; readonly mediaType: string } | undefined>;
};

const usedBy = statement<[hash: string]>(
  `SELECT DISTINCT record.id, record.type, record.title
   FROM attachment JOIN record ON record.id = attachment.record
   WHERE attachment.hash = ? AND record.removed_at IS NULL LIMIT 50`,
);
const referenceRows = z.array(
  z.object({ id: recordIdSchema, type: z.string(), title: z.string() }),
);

/** Builds the attachments over the folder that keeps their content. */
export function createAttachments(deps: Dependencies): Attachments {
  const { databases, files, store } = deps;

  async function add(input: z.output<typeof attachments.add.input>) {
    const bytes = Buffer.from(input.bytes, "base64");
    if (bytes.length > mostBytes) {
      throw new ExpectedFailure(
        "too_large",
        "The file is larger than 25 MB, and attachments travel to every colleague. Make it smaller, or keep it elsewhere and link to it.",
      );
    }
    const { hash, mediaType } = await files.keep(bytes);
    const href = hrefOf(hash, input.name);
    const described = { hash, name: input.name, bytes: bytes.length };
    if (input.record !== undefined) {
      await attach(input.record, { ...described, media_type: mediaType, href });
    }
    return { ...described, mediaType, href };
  }

  async function attach(id: RecordId, member: Attachment): Promise<void> {
    const record = store.get(id);
    if (record === undefined) {
      throw new ExpectedFailure(
        "not_found",
        "The record that the file was meant for is not here any more, so nothing was attached.",
      );
    }
    const members = membersIn(record.fields);
    if (members.some(({ href }) => href === member.href)) return;
    const fields = { attachments: [...members, member].map(memberOf) };
    await store.write([{ id, type: record.type, fields, base: record.version }]);
  }

  function list(record: RecordId) {
    const held = new Map(attachmentsOf(databases.read, record).map((one) => [one.hash, one]));
    return [...held.values()].map(({ hash, name, bytes, media_type }) => {
      const stored = files.describe(hash);
      return {
        hash,
        name,
        mediaType: stored?.mediaType ?? (media_type || "application/octet-stream"),
        bytes: stored?.bytes ?? bytes,
        usedBy: referenceRows.parse(usedBy(databases.read).all(hash)),
        state: deps.fetcher?.stateOf(hash) ?? (stored === undefined ? "absent" : "here"),
        pinned: deps.fetcher?.isPinned(hash) ?? false,
      };
    });
  }

  async function fetch(hash: string): Promise<AttachmentFetch> {
    if (files.pathOf(hash) !== undefined) return "here";
    return (await deps.fetcher?.fetch(hash)) ?? "absent";
  }

  return {
    projector: attachmentProjector,
    handlers: {
      add,
      list: ({ record }) => list(record),
      fetch: async ({ hash }) => ({ state: await fetch(hash) }),
      pin: async ({ hash, pinned }) => {
        deps.fetcher?.pin(hash, pinned);
        if (pinned) return { state: await fetch(hash) };
        return { state: files.pathOf(hash) === undefined ? "absent" : "here" };
      },
    },
    readAttachment: async (hash) => {
      await fetch(hash);
      const bytes = await files.read(hash);
      const stored = bytes === undefined ? undefined : files.describe(hash);
      return bytes === undefined || stored === undefined
        ? undefined
        : { bytes, mediaType: stored.mediaType };
    },
  };
}
