/** What the steps of one import share. Every file of this folder works on it; it decides nothing. */
import type Sqlite from "better-sqlite3";
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
import type { Copies, KnownText } from "./copies.ts";
import type { ReportBuilder } from "./import-report.ts";
import type { LinkCheck } from "./link-check.ts";
import type { Names } from "./names.ts";
import type { NearTexts } from "./near-texts.ts";
import type { Page } from "./page.ts";
import type { UndoneActions } from "./undone.ts";
import type { Writer } from "./writer.ts";

export type ImportDependencies = {
  readonly db: Readable;
  readonly local: Sqlite.Database;
  readonly log: ChangeLog;
  readonly store: RecordStore;
  readonly files: AttachmentFiles;
};

/** A source that knows which collection it is. */
export type CollectedSource = OpenedSource & { readonly collection: string };

export type ImportCall = {
  readonly sources: readonly CollectedSource[];
  readonly options: z.output<ReturnType<typeof importOptionsSchema>>;
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
  /** What this import has read, by the hash of the text. */
  readonly texts: Map<string, KnownText>;
  /** What the person decided of near duplicates, by path. */
  readonly nearChoices: ReadonlyMap<string, "import" | "skip">;
  /** Records that this import gives another text: what they say in the tables is over. */
  readonly rewritten: Set<string>;
  readonly copies: Copies;
};

/** One source in the making: where its pages are, and the files beside them. */
export type SourceRun = {
  readonly source: CollectedSource;
  readonly assets: Assets;
  /** What each file of the collection became in earlier imports, trash included. */
  readonly here: ReadonlyMap<string, readonly OriginRow[]>;
};

/** A page that is to be planned; `unchanged` when its file is the one that was imported last. */
export type OpenedPage = { readonly page: Page; readonly unchanged: boolean };

/** A page of our own, and the id that its record has or will have. */
export type OwnPage = OpenedPage & { readonly id: RecordId };

/** A page as lines of a preview: one for each of its records. */
export function previewOf(page: Page) {
  const tags = page.front.values["tags"] ?? page.front.values["keywords"];
  const list = Array.isArray(tags) ? tags.filter((tag) => typeof tag === "string") : [];
  return page.parts.map(({ name }) => {
    return { path: page.path, title: name, type: page.type, tags: list };
  });
}
