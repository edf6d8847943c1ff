/** Writes one file of an export, and the attachments where its text expects them. */
import type { ExportReport } from "#shared/contract/transfers.ts";
import type { AttachmentFiles } from "../../attachments/attachment-files.ts";
import { attachmentsOf, membersIn } from "../../attachments/attachment-table.ts";
import type { Readable } from "../../db/database.ts";
import { folderOf, joinPath } from "../../links/place.ts";
import type { RecordStore } from "../../records/record-store.ts";
import { safePath } from "../safe-path.ts";
import type { ExportTarget } from "./folder-target.ts";
import { fileText, type TextSource } from "./page-text.ts";
import type { PlannedFile } from "./plan-export.ts";

/** What the steps of one export share. */
export type ExportRun = {
  readonly db: Readable;
  readonly store: Pick<RecordStore, "get">;
  readonly files: AttachmentFiles;
  readonly target: ExportTarget;
  readonly source: TextSource;
  readonly report: { files: number; attachments: number } & Pick<ExportReport, "skipped" | "notes">;
  /** Paths of attachments that were written: several pages may share one. */
  readonly written: Set<string>;
};

/** Writes the file, or notes in the report why it was not written. */
export async function writePage(call: ExportRun, planned: PlannedFile): Promise<void> {
  const { db, report } = call;
  const records = planned.records.flatMap((id) => call.store.get(id) ?? []);
  const [first] = records;
  if (first === undefined) return;
  const bytes = Buffer.from(fileText(call.source, records), "utf8");
  const hash = first.fields["origin_hash"];
  const refused = await call.target.write({
    path: planned.path,
    bytes,
    changedAt: new Date(first.updatedAt),
    ...(typeof hash === "string" ? { replaces: hash } : {}),
  });
  if (refused !== null) {
    report.skipped.push({ path: planned.path, reason: refused });
    return;
  }
  report.files += 1;
  if (planned.note !== null) report.notes.push({ path: planned.path, reason: planned.note });
  for (const record of records) {
    const members = membersIn(record.fields);
    const hrefs = new Set(members.map(({ href }) => href));
    const named = attachmentsOf(db, record.id).filter(({ href }) => !hrefs.has(href));
    for (const { hash: content, href, path: origin } of [...members, ...named]) {
      const place = placeOf(planned, { href, origin });
      await writeAttachment(call, { page: planned.path, content, place, href });
    }
  }
}

type Place = {
  readonly page: string;
  readonly content: string;
  readonly place: string | null;
  readonly href: string;
};

async function writeAttachment(
  call: ExportRun,
  { page, content, place, href }: Place,
): Promise<void> {
  const { report, written } = call;
  if (place === null) {
    report.skipped.push({ path: page, reason: `“${href}” leads out of the export.` });
    return;
  }
  if (written.has(place)) return;
  written.add(place);
  const bytes = await call.files.read(content);
  const refused =
    bytes === undefined
      ? "The file's content is not on this device."
      : await call.target.write({ path: place, bytes, changedAt: new Date(0) });
  if (refused === null) report.attachments += 1;
  else report.skipped.push({ path: place, reason: refused });
}

/** Where the text expects the file: where it lay, or relative to the page. */
function placeOf(
  { path: page, collection }: PlannedFile,
  { href, origin }: { readonly href: string; readonly origin: string | undefined },
): string | null {
  if (origin !== undefined && collection !== null) {
    const inside = safePath(origin);
    return inside === null ? null : `${collection}/${inside}`;
  }
  const place = joinPath(folderOf(page), href.replace(/[?#].*$/su, ""));
  return place === null ? null : safePath(place);
}
