/** What the steps of one import share. Every file of this folder works on it; it decides nothing. */
import type { z } from "zod";
import type { importOptionsSchema } from "#shared/contract/transfers.ts";
import type { RecordId } from "#shared/domain/ids.ts";
import type { AttachmentFiles } from "../../attachments/attachment-files.ts";
import type { Readable } from "../../db/database.ts";
import type { JobControl } from "../../jobs/job-runner.ts";
import type { ChangeLog } from "../../log/change-log.ts";
import type { RecordStore } from "../../records/record-store.ts";
import type { OriginRow } from "../origin-table.ts";
import type { OpenedSource } from "../source/open-sources.ts";
import type { Assets } from "./assets.ts";
import type { ReportBuilder } from "./import-report.ts";
import type { LinkCheck } from "./link-check.ts";
import type { Names } from "./names.ts";
import type { NearTexts } from "./near-texts.ts";
import type { Page } from "./page.ts";
import type { UndoneActions } from "./undone.ts";
import type { Writer } from "./writer.ts";

export type ImportDependencies = {
  readonly db: Readable;
  readonly log: ChangeLog;
  readonly store: RecordStore;
  readonly files: AttachmentFiles;
};

/** A source that knows which collection it is. */
export type CollectedSource = OpenedSource & { readonly collection: string };

export type ImportCall = {
  readonly sources: readonly CollectedSource[];
  readonly options: z.output<typeof importOptionsSchema>;
  readonly dryRun: boolean;
  readonly control: JobControl;
};

/** What the steps of one import share. */
export type ImportRun = ImportDependencies & {
  readonly call: ImportCall;
  readonly action: RecordId;
  readonly report: ReportBuilder;
  readonly names: Names;
  readonly writer: Writer;
  readonly links: LinkCheck;
  readonly near: NearTexts;
  readonly wasUndone: UndoneActions;
  /** Paths by the hash of their text. */
  readonly texts: Map<string, string>;
};

/** One source in the making: where its pages are, and the files beside them. */
export type SourceRun = {
  readonly source: CollectedSource;
  readonly assets: Assets;
  /** What each file of the collection became in earlier imports, trash included. */
  readonly here: ReadonlyMap<string, readonly OriginRow[]>;
};

/** A page of our own, and the id that its record has or will have. */
export type OwnPage = { readonly page: Page; readonly id: RecordId };

/** A page as one line of a preview. */
export function previewOf(page: Page) {
  const tags = page.front.values["tags"] ?? page.front.values["keywords"];
  const list = Array.isArray(tags) ? tags.filter((tag) => typeof tag === "string") : [];
  return { path: page.path, title: page.title, type: page.type, tags: list };
}
