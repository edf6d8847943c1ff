/** Reads a golden folder as a newcomer's app does: the root first, then everything that proves itself. */
import { nodeCryptography } from "#engine/identity/cryptography.ts";
import { isAuthentic } from "#engine/sync/exchange/frames.ts";
import { readVerified } from "#engine/sync/exchange/root.ts";
import type { Verdict } from "#engine/sync/intake.ts";
import { createRosterSource, type RosterSource } from "#engine/sync/people/roster-source.ts";
import { openAck } from "#shared/format/ack.ts";
import { decodeBase64Url } from "#shared/format/bytes.ts";
import { splitFrame } from "#shared/format/frame.ts";
import { openHead } from "#shared/format/head.ts";
import { openJoinRequest } from "#shared/format/join-request.ts";
import { type Library, readLibrary } from "#shared/format/library.ts";
import { isSetApart, libraryName, parseName } from "#shared/format/names.ts";
import { createTestPeer, type TestPeer } from "../test-peer.ts";
import type { Golden } from "./golden-folder.ts";

type Files = ReadonlyMap<string, Uint8Array>;

/** What a newcomer finds, in the words of `Golden.expect`, and the peer that found it. */
export type Found = AsyncDisposable & {
  readonly expect: Golden["expect"];
  readonly peer: TestPeer;
};

/** The library that the folder was founded as; the good folder says it. */
export function libraryOf(files: Files): Library {
  const read = readLibrary(files.get(libraryName) ?? new Uint8Array());
  if ("problem" in read) throw new Error(`The golden library cannot be read: ${read.problem}`);
  return read.fields;
}

/** Opens the files with a new profile that was invited to `library`. */
export async function openGolden(files: Files, library: Library): Promise<Found> {
  const sources: RosterSource[] = [];
  const peer = await createTestPeer(500, { roster: (db) => sources[0]?.readRoster(db) });
  const { databases, log, identity } = peer.foundation;
  const source = createRosterSource({ log, identity, cryptography: nodeCryptography });
  sources.push(source);
  await databases.queue.run((db) => {
    const place = db.prepare("UPDATE library SET id = ?, root_key = ?");
    place.run(library.library, decodeBase64Url(library.root));
  });
  const verdicts = await takeAll(peer, files);
  const small = [...files].flatMap(([path, bytes]) => judgeSmall(path, bytes, library));
  const { read } = databases;
  const titles = read
    .prepare<[], { type: string; title: string }>("SELECT type, title FROM record")
    .all();
  const roster = source.rosterOf(read);
  const people = [...(roster?.admissions.values() ?? [])].flat();
  return {
    peer,
    expect: {
      library: stateOf(files, library),
      topics: titles.flatMap(({ type, title }) => (type === "topic" ? [title] : [])).toSorted(),
      members: people.map(({ name }) => name).toSorted(),
      aside: Object.fromEntries([...small, ...verdicts]),
      forked: peer.intake.forked(read).length,
    },
    [Symbol.asyncDispose]: () => peer[Symbol.asyncDispose](),
  };
}

/** Hands in everything that may hold changes, again as long as it brings something. */
async function takeAll(
  peer: TestPeer,
  files: Files,
): Promise<readonly (readonly [string, string])[]> {
  const candidates = [...files]
    .filter(([path]) => !path.split("/").some(isSetApart) && !isOther(path, files.get(path)))
    .map(([path, bytes]) => ({ path, bytes }));
  let verdicts: readonly Verdict[] = [];
  do ({ verdicts } = await peer.intake.accept(candidates));
  while (verdicts.some(({ outcome }) => outcome === "accepted"));
  return verdicts.flatMap(({ path, outcome, reason }) =>
    outcome === "known" ? [] : [[path, reason ?? outcome] as const],
  );
}

/** Heads, acknowledgements, requests, attachments and LIBRARY.json hold no changes. */
function isOther(path: string, bytes: Uint8Array = new Uint8Array()): boolean {
  const kind = parseName(path)?.kind;
  if (kind === "attachment" || kind === "library") return true;
  const frame = splitFrame(bytes);
  return !("problem" in frame) && ["head", "ack", "join"].includes(frame.kind);
}

function judgeSmall(
  path: string,
  bytes: Uint8Array,
  { library }: Library,
): readonly (readonly [string, string])[] {
  const frame = splitFrame(bytes);
  if ("problem" in frame || !["head", "ack", "join"].includes(frame.kind)) return [];
  const open = { head: openHead, ack: openAck, join: openJoinRequest }[frame.kind as "head"];
  const opened = open(bytes);
  if ("problem" in opened) return [[path, opened.problem]];
  return isAuthentic(opened, { cryptography: nodeCryptography, library })
    ? []
    : [[path, "signature"]];
}

function stateOf(files: Files, { library, root }: Library): Golden["expect"]["library"] {
  const bytes = files.get(libraryName);
  if (bytes === undefined) return "missing";
  const read = readLibrary(bytes);
  if ("problem" in read) return read.problem === "truncated" ? "truncated" : "other";
  const verified = readVerified(bytes, nodeCryptography);
  if (verified === undefined || verified === "future_format") return "other";
  return verified.library === library && verified.root === root ? "ours" : "other";
}
