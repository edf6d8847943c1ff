/**
 * The bounds of everything that lies in a shared folder. Whoever reads refuses what exceeds them
 * before spending memory on it; whoever writes stays below them.
 */

/** The major version. Another one never comes into the same folder. */
export const formatVersion = 1;

/** Counts the additions within the major version; each has its entry in HISTORY.md. */
export const formatRevision = 1;

const kilobyte = 1024;
const megabyte = 1024 * kilobyte;

export const limits = {
  /** What is read of a file before its header has been accepted. */
  firstRead: 4 * kilobyte,
  /** With magic, length and signature a header fits into the first reading. */
  header: 3_900,
  segmentFile: 8 * megabyte,
  /** What a segment's payload may inflate to. */
  segmentText: 32 * megabyte,
  /** The canonical JSON of one change, in bytes. */
  change: megabyte,
  /** How deep objects and lists may lie in each other. */
  jsonDepth: 16,
  ackFile: megabyte,
  ackText: 4 * megabyte,
  bundleFile: 128 * megabyte,
  libraryFile: 16 * kilobyte,
  /** Streams that a newcomer brings along. */
  brought: 32,
  features: 32,
} as const;

/** An incarnation is drawn below this number. */
export const incarnations = 1_000_000;

/** The features that this version can apply. A header's `req:` feature that is not here defers its changes. */
export const knownFeatures: ReadonlySet<string> = new Set();
