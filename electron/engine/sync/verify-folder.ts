/**
 * Verifies a shared folder on its own, without a profile: reads every file in it, checks lengths,
 * hashes, signatures and chains, works out the roster, and says what is not as it should be. It
 * writes nothing into the folder; what it reads is put together in an empty place of its own.
 */
import type { z } from "zod";
import type { folderVerificationSchema } from "#shared/contract/folder-shapes.ts";
import { openAck } from "#shared/format/ack.ts";
import { splitFrame } from "#shared/format/frame.ts";
import { openHead } from "#shared/format/head.ts";
import { openJoinRequest } from "#shared/format/join-request.ts";
import type { Library } from "#shared/format/library.ts";
import { isSetApart, libraryName, parseName } from "#shared/format/names.ts";
import { ExpectedFailure } from "#shared/rpc/wire.ts";
import { statement } from "../db/statement.ts";
import { nodeCryptography } from "../identity/cryptography.ts";
import { fitsHash, isAuthentic } from "./exchange/frames.ts";
import { type Folder, FolderError } from "./folder.ts";
import type { SharedFile } from "./intake.ts";
import { lookAtFolder, onFolder } from "./people/look-at-folder.ts";
import { type Reader, openReader } from "./verify-reader.ts";

type FolderVerification = z.infer<ReturnType<typeof folderVerificationSchema>>;

type Options = {
  readonly folder: Folder;
  /** An empty folder to work in, which whoever calls removes. */
  readonly place: string;
  readonly now: () => number;
};

type Problem = FolderVerification["problems"][number];

/** As deep as Guildhall's own files lie, and as somebody may have moved them. */
const deepest = 6;
/** Files that are handed to the log at once, in bytes. */
const batch = 16 * 1024 * 1024;

/** Verifies everything. Fails when there is no library in the folder, or it cannot be read. */
export async function verifyFolder(options: Options): Promise<FolderVerification> {
  const { folder } = options;
  const look = await onFolder(() => lookAtFolder({ folder, cryptography: nodeCryptography }));
  if (look.kind !== "library") throw noLibrary();
  await using reader = await openReader(options, look);
  const tally = { segments: 0, attachments: 0, bytes: look.file.length };
  const problems: Problem[] = [];
  let waiting: SharedFile[] = [];
  let size = 0;
  const flush = async () => {
    problems.push(...(await reader.accept(waiting)));
    [waiting, size] = [[], 0];
  };
  for await (const path of filesBelow(folder, "", deepest)) {
    if (path === libraryName) continue;
    const looked = await lookAtFile(folder, path, look.library);
    tally.bytes += looked.bytes.length;
    if (looked.kind === "attachment") tally.attachments += 1;
    if (looked.problem !== undefined) problems.push({ path, reason: looked.problem });
    if (looked.kind !== "changes") continue;
    if (looked.isSegment) tally.segments += 1;
    waiting.push({ path, bytes: looked.bytes });
    size += looked.bytes.length;
    if (size > batch) await flush();
  }
  await flush();
  problems.push(...(await reader.finish()));
  const { library, name } = look.library;
  const counts = { devices: devicesIn(reader), changes: changesIn(reader) };
  return { library, name, ...counts, ...tally, ok: problems.length === 0, problems };
}

/** Every file that anybody reads, in no order. */
async function* filesBelow(folder: Folder, at: string, depth: number): AsyncIterable<string> {
  const entries = await onFolder(() => folder.list(at));
  for (const { name, kind } of entries) {
    if (isSetApart(name)) continue;
    const path = at === "" ? name : `${at}/${name}`;
    if (kind === "file") yield path;
    else if (depth > 0) yield* filesBelow(folder, path, depth - 1);
  }
}

type Looked = {
  readonly kind: "changes" | "attachment" | "other";
  readonly bytes: Uint8Array;
  readonly isSegment?: boolean;
  readonly problem?: string | undefined;
};

async function lookAtFile(folder: Folder, path: string, library: Library): Promise<Looked> {
  let bytes: Uint8Array;
  try {
    bytes = await folder.read(path);
  } catch (error) {
    if (!(error instanceof FolderError)) throw error;
    return { kind: "other", bytes: new Uint8Array(), problem: error.fault };
  }
  const name = parseName(path);
  if (name?.kind === "attachment") {
    const hash = Buffer.from(nodeCryptography.hash(bytes)).toString("hex");
    return { kind: "attachment", bytes, problem: hash === name.sha256 ? undefined : "hash" };
  }
  const frame = splitFrame(bytes);
  if ("problem" in frame) return { kind: "other", bytes, problem: frame.problem };
  if (frame.kind === "segment" || frame.kind === "bundle") {
    return { kind: "changes", bytes, isSegment: frame.kind === "segment" };
  }
  return { kind: "other", bytes, problem: problemOf(frame.kind, bytes, library) };
}

/** Of the small files: whether they are whole, of this library, and their device's own. */
function problemOf(
  kind: "head" | "ack" | "join",
  bytes: Uint8Array,
  { library }: Library,
): string | undefined {
  const opened = { head: openHead, ack: openAck, join: openJoinRequest }[kind](bytes);
  if ("problem" in opened) return opened.problem;
  if (opened.fields.lib !== library) return "other_library";
  if (!isAuthentic(opened, { cryptography: nodeCryptography, library })) return "signature";
  const { phash } = opened.fields;
  const fits = typeof phash !== "string" || fitsHash(nodeCryptography, opened.payload, phash);
  return fits ? undefined : "hash";
}

const countDevices = statement<[], { readonly devices: number }>(
  "SELECT count(DISTINCT device) AS devices FROM change_log",
);
const countChanges = statement<[], { readonly changes: number }>(
  "SELECT count(*) AS changes FROM change_log",
);

/** Devices that wrote something, the root's key apart. */
function devicesIn({ databases, roster }: Reader): number {
  const { devices } = countDevices(databases.read).get() ?? { devices: 0 };
  const root = roster.rosterOf(databases.read)?.root;
  return Math.max(0, devices - (root === undefined ? 0 : 1));
}

function changesIn({ databases }: Reader): number {
  return countChanges(databases.read).get()?.changes ?? 0;
}

function noLibrary(): ExpectedFailure {
  return new ExpectedFailure(
    "no_library",
    "There is no shared workspace in this folder that its root key signed, so there is nothing to verify. Choose the folder in which LIBRARY.json lies.",
  );
}
