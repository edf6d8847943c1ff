/** What transfers take from the rest of the engine. */
import type { IdSource } from "#shared/domain/ids.ts";
import type { AttachmentFiles } from "../attachments/attachment-files.ts";
import type { Databases } from "../db/database.ts";
import type { Logger } from "../engine.ts";
import type { JobRunner } from "../jobs/job-runner.ts";
import type { ChangeLog } from "../log/change-log.ts";
import type { RecordStore } from "../records/record-store.ts";

/** What transfers use of the engine. */
export type TransferDependencies = {
  readonly profile: string;
  /** The folder with the sample workspace's Markdown. */
  readonly sampleFolder: string;
  readonly databases: Pick<Databases, "read" | "local">;
  readonly log: ChangeLog;
  readonly store: RecordStore;
  readonly jobs: JobRunner;
  readonly files: AttachmentFiles;
  readonly clock: IdSource;
  readonly logger: Logger;
};
