/**
 * The engine as its hosts see it: it owns the database, the log, search and transfers, and never
 * imports electron or react. A host starts it, carries messages, and lends it what only a host has.
 */
import type { GuildhallEmit, GuildhallHandlers } from "#shared/contract/index.ts";
import type { Selection } from "#shared/contract/selection.ts";
import type { IdSource } from "#shared/domain/ids.ts";
import type { Simulated } from "./sync/simulated.ts";

/** The operating system's key store, where the host has one. Both reject when it refuses. */
export type KeyStore = {
  readonly wrap: (secret: Uint8Array) => Promise<Uint8Array>;
  readonly unwrap: (wrapped: Uint8Array) => Promise<Uint8Array>;
};

/** Structured log lines; never a person's words, a key or a name. */
export type Logger = {
  readonly info: (
    event: string,
    facts?: Readonly<Record<string, string | number | boolean>>,
  ) => void;
  readonly warn: (
    event: string,
    facts?: Readonly<Record<string, string | number | boolean>>,
  ) => void;
  readonly error: (event: string, error: unknown) => void;
};

export type EngineOptions = {
  /** The profile's folder; made when missing. Everything the engine keeps lies in it. */
  readonly profile: string;
  /** The product's version. */
  readonly version: string;
  readonly clock: IdSource;
  readonly keyStore: KeyStore | null;
  readonly logger: Logger;
  readonly emit: GuildhallEmit;
  /** The folder with the sample workspace's Markdown. */
  readonly sampleFolder: string;
  /** The folder with the styles, scripts and fonts of exported handbooks. */
  readonly handbookFolder: string;
  /**
   * Whether the engine looks at the shared folder on its own, as in a window that stays open; a
   * command looks when it is told to. One process for each profile does so at a time.
   */
  readonly keepsInSync?: boolean;
  /** For simulations alone. */
  readonly simulated?: Simulated;
};

export type Engine = {
  readonly handlers: GuildhallHandlers;
  /** Lets the window import from or export to paths that the person chose in the host's dialog. */
  readonly offerSelection: (paths: readonly string[], name: string) => Selection;
  /** An attachment's bytes by hash; undefined when there is none. */
  readonly readAttachment: (
    hash: string,
  ) => Promise<{ readonly bytes: Uint8Array; readonly mediaType: string } | undefined>;
  /** A finished export's ZIP file by its download id; undefined when there is none. */
  readonly downloadPath: (id: string) => string | undefined;
  /**
   * Resolves when every projection says what the log says. That is at once, unless this version
   * folds something differently from the one before: then lists and search fill up while a job
   * rebuilds them. A window shows the job; a command waits. Rejects when the rebuild failed.
   */
  readonly upToDate: () => Promise<void>;
  /** Tells whether somebody is looking at a window: then the shared folder is looked at more often. */
  readonly attention: (focused: boolean) => void;
  /** Ends jobs, checkpoints, closes the databases. Safe to call twice. */
  readonly close: () => Promise<void>;
};
