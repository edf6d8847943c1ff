/** What the real folder needs of node:fs, so that a test can let each call fail. */
import { constants, watch } from "node:fs";
import { lstat, mkdir, open, opendir, rename, stat, unlink } from "node:fs/promises";
import type { Dirent, Stats } from "node:fs";

/** An open file. */
export type FileHandle = {
  readonly stat: () => Promise<Pick<Stats, "size" | "isFile">>;
  readonly read: (
    buffer: Uint8Array,
    part: { readonly offset: number; readonly length: number; readonly position: number },
  ) => Promise<{ readonly bytesRead: number }>;
  readonly writeFile: (bytes: Uint8Array) => Promise<void>;
  readonly sync: () => Promise<void>;
  readonly close: () => Promise<void>;
};

export type FileSystem = {
  readonly open: (path: string, flags: number, mode?: number) => Promise<FileHandle>;
  readonly opendir: (
    path: string,
    options: { readonly bufferSize: number },
  ) => Promise<AsyncIterable<Dirent>>;
  /** Of what has the name itself, be it a link. */
  readonly lstat: (path: string) => Promise<Stats>;
  readonly stat: (path: string) => Promise<Stats>;
  readonly mkdir: (path: string) => Promise<unknown>;
  readonly rename: (from: string, to: string) => Promise<void>;
  readonly unlink: (path: string) => Promise<void>;
  readonly watch: (
    path: string,
    changed: () => void,
  ) => {
    readonly close: () => void;
    readonly on: (event: "error", failed: () => void) => unknown;
  };
};

/** The operating system's. */
export const nodeFileSystem: FileSystem = {
  open,
  opendir,
  lstat,
  stat,
  mkdir,
  rename,
  unlink,
  watch: (path, changed) => watch(path, { persistent: false }, changed),
};

/** Windows knows neither of the two; 0 changes nothing. */
const noFollow = constants.O_NOFOLLOW ?? 0;
const noWait = constants.O_NONBLOCK ?? 0;

/** For reading a file: no link is followed, and a pipe with a file's name does not hang. */
export const readFlags = constants.O_RDONLY | noFollow | noWait;

/** For writing a file that must not exist. */
export const createFlags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | noFollow;
