/**
 * How fast and how much: every threshold of sync in one place, handed to whoever needs one, so that
 * a test or a simulation can live a week in a second. Times are milliseconds, sizes bytes.
 */

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const kilobyte = 1024;
const megabyte = 1024 * kilobyte;

export type Pace = {
  /** After a local write: the pause before it goes out, and the longest that further writes stretch it. */
  readonly writePause: number;
  readonly writePauseMost: number;
  /** After a hint of the folder: a carrier writes more than one file at a time. */
  readonly hintPause: number;
  /** Between two looks at the folder, by where it lies and whether somebody is looking. */
  readonly look: {
    readonly focused: number;
    /** A file server's clients keep a listing for ten seconds; a quicker look sees nothing more. */
    readonly network: number;
    readonly background: number;
    /** In the background of a library with more devices than `crowd`, for the file server's sake. */
    readonly crowded: number;
    readonly crowd: number;
    /** The share by which every pause varies, so that devices do not look in step. */
    readonly jitter: number;
  };
  /** After a failure of the folder: the first pause, doubled each time up to the longest. */
  readonly retry: { readonly first: number; readonly most: number };
  /** A look goes through one of so many parts of the devices' folders, whatever the heads say. */
  readonly sweepParts: number;
  readonly fullSweepEvery: number;
  readonly sweepDepth: number;
  /** Files that are read at the same time. */
  readonly readers: number;
  /** The most files and bytes that are accepted in one transaction. */
  readonly batchFiles: number;
  readonly batchBytes: number;
  /** What is read of a file before its header says that it is worth more. */
  readonly peek: number;
  /** The most that is read of one device's files in a day. */
  readonly deviceBudget: number;
  /** A name whose range is known already is opened at leisure: it may hold another branch. */
  readonly leisureFiles: number;
  /** How often a file that failed is tried again though it looks the same. */
  readonly failedFile: { readonly first: number; readonly most: number };
  readonly ack: {
    /** The shortest pause between two, whatever the need. */
    readonly least: number;
    /** The pause without a need, in a library of `many` devices; smaller libraries pause less. */
    readonly most: number;
    readonly many: number;
    /** Of the acknowledgements of more than `many` devices, how many are read in an hour. */
    readonly sample: number;
    readonly sampleEvery: number;
  };
  readonly heal: {
    /** How often and for how long something has to be missing before it is written back. */
    readonly sweeps: number;
    readonly after: number;
    /** Others than the owner wait up to so much longer, each its own time. */
    readonly spread: number;
  };
  readonly relay: {
    /** How many of a peer's acknowledgements have to lack something, over how many pauses between them. */
    readonly acks: number;
    readonly pauses: number;
    /** How long a copy stays in the folder. */
    readonly keep: number;
    readonly files: number;
    readonly bytes: number;
    readonly per: number;
  };
  readonly pack: {
    readonly files: number;
    readonly bytes: number;
    /** How many changes a pack of each level holds. */
    readonly levels: readonly number[];
    /** How long a packed file stays beside its pack. */
    readonly keep: number;
    /** Who was heard of within this time has to have acknowledged a pack before files are deleted. */
    readonly active: number;
  };
  readonly bundle: {
    readonly changes: number;
    readonly share: number;
    readonly least: number;
    readonly spread: number;
    readonly kept: number;
  };
  readonly quarantine: { readonly bytes: number };
  /** How many of its own files a device reads again in each full sweep. */
  readonly patrol: number;
  /** What is read of an attachment at once. */
  readonly attachmentPart: number;
  /** How often pinned attachments that could not be had are asked for again, and for how long at a time. */
  readonly pinned: { readonly every: number; readonly most: number };
};

/** The pace of the shipped app. */
export const defaultPace: Pace = {
  writePause: 1.5 * second,
  writePauseMost: 5 * second,
  hintPause: second,
  look: {
    focused: 5 * second,
    network: 15 * second,
    background: minute,
    crowded: 5 * minute,
    crowd: 500,
    jitter: 0.25,
  },
  retry: { first: 5 * second, most: 10 * minute },
  sweepParts: 32,
  fullSweepEvery: 6 * hour,
  sweepDepth: 6,
  readers: 8,
  batchFiles: 256,
  batchBytes: 16 * megabyte,
  peek: 4 * kilobyte,
  deviceBudget: 50 * megabyte,
  leisureFiles: 8,
  failedFile: { first: 5 * second, most: hour },
  ack: { least: 10 * minute, most: 6 * hour, many: 64, sample: 8, sampleEvery: hour },
  heal: { sweeps: 3, after: 10 * minute, spread: 10 * minute },
  relay: { acks: 3, pauses: 4, keep: 30 * day, files: 200, bytes: 20 * megabyte, per: hour },
  pack: {
    files: 64,
    bytes: 256 * kilobyte,
    levels: [1000, 16_000],
    keep: 14 * day,
    active: 30 * day,
  },
  bundle: { changes: 5000, share: 0.2, least: 500, spread: hour, kept: 2 },
  quarantine: { bytes: 50 * megabyte },
  patrol: 8,
  attachmentPart: megabyte,
  pinned: { every: 5 * minute, most: 10 * second },
};

/**
 * The protections that a test may take away one at a time, to see that the simulation notices.
 * Nothing in the product ever sets one to false.
 */
export type Protections = {
  /** Write back what is missing in the folder. */
  readonly healing: boolean;
  /** Say what is here, and copy for others what they say they lack. */
  readonly acks: boolean;
  /** Refuse a file whose hash or signature does not fit. */
  readonly hashes: boolean;
  /** Read a file for what it holds, whatever it is called. */
  readonly content: boolean;
  /** Fold a change only after the ones it names. */
  readonly predecessors: boolean;
};

export const everyProtection: Protections = {
  healing: true,
  acks: true,
  hashes: true,
  content: true,
  predecessors: true,
};

/** The pause after a file failed so many times: doubled each time, up to the longest. */
export function failedFilePause({ failedFile }: Pick<Pace, "failedFile">, tries: number): number {
  return Math.min(failedFile.most, failedFile.first * 2 ** (tries - 1));
}

/** The pause between two acknowledgements that nobody needs sooner: longer the more devices there are. */
export function ackPause(pace: Pace, devices: number): number {
  const { least, most, many } = pace.ack;
  return Math.min(most, Math.max(least, (most * devices) / many));
}
