/** Good files of every kind for a fuzzer, and what a reader makes of any bytes at all. */
import { nodeCryptography } from "#engine/identity/cryptography.ts";
import { fitsHash, inflate, isAuthentic } from "#engine/sync/exchange/frames.ts";
import { readVerified } from "#engine/sync/exchange/root.ts";
import { unpackSegment, verifySegment } from "#engine/sync/verify-segment.ts";
import { checkAckLength, joinAckLines, openAck, readAckLines } from "#shared/format/ack.ts";
import { canonicalJson, type Json } from "#shared/domain/json.ts";
import { encodeBase64Url } from "#shared/format/bytes.ts";
import { joinParts, openBundle, splitParts } from "#shared/format/bundle.ts";
import { openHead } from "#shared/format/head.ts";
import { openJoinRequest, provenMessage } from "#shared/format/join-request.ts";
import { encodeLibrary, signedLibrary } from "#shared/format/library.ts";
import { limits } from "#shared/format/limits.ts";
import { deflateRawSync } from "node:zlib";
import {
  digest,
  sampleBodies,
  sampleDevice,
  sampleRecord,
  sampleSegment,
  sampleTime,
  sealFrame,
} from "./format-samples.ts";

export const fuzzedDevice = sampleDevice(1);
const library = sampleRecord(1);
const { id: dev, key, agreementKey } = fuzzedDevice;
const common = { v: 1 as const, lib: library, dev, key, at: sampleTime };
const chain = encodeBase64Url(new Uint8Array(32).fill(3));

const segments = [1, 3, 40].map((count) =>
  sampleSegment(fuzzedDevice, { library, bodies: sampleBodies(fuzzedDevice, count) }),
);

function ack(): Uint8Array {
  const text = joinAckLines([[dev, 7, 12, chain.slice(0, 8)]]);
  const payload = new Uint8Array(deflateRawSync(text));
  const header = { ...common, n: 3, plen: payload.length, phash: digest(payload) };
  return sealFrame(fuzzedDevice, "ack", { header, payload });
}

function bundle(): Uint8Array {
  const payload = joinParts(segments);
  const cover = { streams: 1, changes: 44, digest: digest(payload) };
  const header = { ...common, parts: 3, plen: payload.length, phash: digest(payload), cover };
  return sealFrame(fuzzedDevice, "bundle", { header, payload });
}

function joinRequest(): Uint8Array {
  const invitation = sampleDevice(3);
  const request = {
    ...common,
    agreementKey,
    person: sampleRecord(2),
    name: "Ana",
    invite: invitation.key,
    brought: [[7, 12, chain]] as [number, number, string][],
  };
  const proof = encodeBase64Url(invitation.sign(provenMessage(request)));
  return sealFrame(fuzzedDevice, "join", { header: { ...request, proof } });
}

function libraryFile(): Uint8Array {
  const unsigned = {
    format: "guildhall" as const,
    v: 1 as const,
    library,
    name: "Acme",
    root: key,
    createdAt: sampleTime,
    note: "A library of a test.",
  };
  const signature = encodeBase64Url(fuzzedDevice.sign(signedLibrary(unsigned)));
  return encodeLibrary({ ...unsigned, signature });
}

const head = { ...common, n: 4, inc: 7, seq: 12, chain, app: "0.2.0" };

/** One good file of every kind; several segments, because they carry what matters. */
export const goodFiles: readonly Uint8Array[] = [
  ...segments,
  ...segments,
  sealFrame(fuzzedDevice, "head", { header: head }),
  ack(),
  bundle(),
  joinRequest(),
  libraryFile(),
];

const originals = new Set(goodFiles.map(digest));
const libraryMeant = meaningOf(libraryFile());

/**
 * What a reader makes of the bytes: `accepted` says that something in them was believed, `unchanged`
 * that it is just what its device wrote. Every parser sees all of them, whatever they begin with.
 */
export function takeAnything(bytes: Uint8Array): string {
  const trusted = { cryptography: nodeCryptography, library };
  for (const opened of [openHead(bytes), openJoinRequest(bytes), readAck(bytes)]) {
    if (!("problem" in opened) && isAuthentic(opened, trusted)) return verdictOn(bytes);
  }
  const verified = readVerified(bytes, nodeCryptography);
  if (typeof verified === "object") {
    return meaningOf(bytes) === libraryMeant ? "unchanged" : "accepted";
  }
  for (const part of splitParts(bytes)) takeSegment(part);
  const opened = openBundle(bytes);
  if ("problem" in opened) return takeSegment(bytes);
  const parts = [...splitParts(opened.payload)].map(takeSegment);
  return parts.find((part) => part === "accepted") ?? parts[0] ?? "empty bundle";
}

function readAck(bytes: Uint8Array): ReturnType<typeof openAck> {
  const opened = openAck(bytes);
  if ("problem" in opened) return opened;
  const text = inflate(opened.payload, limits.ackText);
  const lines = text === undefined ? undefined : readAckLines(text);
  const whole = checkAckLength(opened) === undefined && lines !== undefined;
  const fits = fitsHash(nodeCryptography, opened.payload, opened.fields.phash);
  return whole && fits && !("problem" in lines) ? opened : { problem: "hash" };
}

function takeSegment(bytes: Uint8Array): string {
  const verifying = { cryptography: nodeCryptography, library, verifiers: new Map() };
  const signed = verifySegment(bytes, verifying);
  if ("reason" in signed) return signed.reason;
  const pieces = unpackSegment(signed, nodeCryptography);
  let piece = pieces.next();
  while (piece.done !== true) piece = pieces.next();
  const unpacked = piece.value;
  if (typeof unpacked === "string") return `unpacked: ${unpacked}`;
  const { first, last } = signed.segment.fields;
  const fits = unpacked.length === last - first + 1;
  if (!fits) throw new Error(`${unpacked.length} changes under a header of ${first} to ${last}`);
  return verdictOn(bytes);
}

function verdictOn(bytes: Uint8Array): string {
  return originals.has(digest(bytes)) ? "unchanged" : "accepted";
}

/** A text with other spaces says the same. */
function meaningOf(bytes: Uint8Array): string {
  const json: Json = JSON.parse(
    Buffer.from(bytes)
      .toString()
      .replace(/^\uFEFF/u, ""),
  );
  return canonicalJson(json);
}

/** The header of a good segment, for making hostile ones. */
export function goodHeader(): { readonly [field: string]: unknown } {
  const segment = verifySegment(segments[1] ?? new Uint8Array(), {
    cryptography: nodeCryptography,
    library,
    verifiers: new Map(),
  });
  if ("reason" in segment) throw new Error("The sample is no segment");
  return segment.segment.fields;
}
