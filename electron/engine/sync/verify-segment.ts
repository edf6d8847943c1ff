/**
 * Whether bytes are a segment that its device wrote for this library: what costs little first, so
 * that junk is turned away after its first bytes. What is answered can be believed but for one
 * thing: whether it fits what is here of its stream.
 */
import { inflateRawSync } from "node:zlib";
import type { ChangeBody } from "#shared/domain/change.ts";
import { decodeBase64Url, encodeBase64Url } from "#shared/format/bytes.ts";
import { checkLength, type FileProblem, signedMessage } from "#shared/format/frame.ts";
import { linesIn, missingFor, openSegment, type Segment } from "#shared/format/segment.ts";
import type { Cryptography } from "../identity/cryptography.ts";
import { deviceIdOf } from "../identity/identity.ts";
import { nextChain } from "../log/chain.ts";
import type { Reason } from "./intake.ts";

/** A segment whose device signed it, with a payload that is still deflated. */
export type Signed = {
  readonly segment: Segment;
  readonly bytes: Uint8Array;
  readonly prev: Uint8Array;
  readonly end: Uint8Array;
  readonly signingKey: Uint8Array;
  /** What this version would have to know to apply it. */
  readonly missing: readonly string[];
};

export type Turned = { readonly reason: Reason; readonly header?: Segment["fields"] };

export type Verifying = {
  readonly cryptography: Cryptography;
  readonly library: string | undefined;
  /** Signature checks by key, so that a key is unpacked once. */
  readonly verifiers: Map<string, ReturnType<Cryptography["verifier"]>>;
  /** False only where a simulation has to notice that nothing proves itself any more. */
  readonly hashes?: boolean;
};

const reasons: Readonly<Record<FileProblem, Reason>> = {
  truncated: "truncated",
  hash: "hash",
  oversize: "oversize",
  not_guildhall: "not_guildhall",
  future_format: "future_format",
};

/** Length, library, device, signature and hash, in this order; nothing is inflated. */
export function verifySegment(bytes: Uint8Array, by: Verifying): Signed | Turned {
  const segment = openSegment(bytes);
  if ("problem" in segment) return { reason: reasons[segment.problem] };
  const { fields } = segment;
  const turned = (reason: Reason): Turned => ({ reason, header: fields });
  const incomplete = checkLength(segment.payload, fields.plen);
  if (incomplete !== undefined) return turned(reasons[incomplete.problem]);
  if (fields.lib !== by.library) return turned("other_library");
  const signingKey = decodeBase64Url(fields.key);
  if (by.hashes !== false) {
    if (deviceIdOf(by.cryptography, signingKey) !== fields.dev) return turned("signature");
    if (!isSigned(segment, signingKey, by)) return turned("signature");
    const hash = encodeBase64Url(by.cryptography.hash(segment.payload));
    if (hash !== fields.phash) return turned("hash");
  }
  return {
    segment,
    bytes,
    signingKey,
    prev: decodeBase64Url(fields.prev),
    end: decodeBase64Url(fields.end),
    missing: missingFor(fields),
  };
}

/** Bytes that are no key at all make `verifier` throw: they signed nothing. */
function isSigned(segment: Segment, key: Uint8Array, by: Verifying): boolean {
  try {
    const known = by.verifiers.get(segment.fields.key);
    const verify = known ?? by.cryptography.verifier(key);
    by.verifiers.set(segment.fields.key, verify);
    return verify(signedMessage("segment", segment.header), segment.signature);
  } catch {
    return false;
  }
}

/** A change of a segment, with the chain at it. */
export type Unpacked = {
  readonly bytes: Uint8Array;
  readonly body: string;
  readonly change: ChangeBody;
  readonly chain: Uint8Array;
};

/** Changes between two breaths: some milliseconds. */
const changesAtOnce = 300;

/**
 * The changes in it, each as the schema wants it and chained from `prev` to `end`. Yields between
 * pieces of a few milliseconds.
 */
export function* unpackSegment(
  { segment, prev, end }: Signed,
  cryptography: Cryptography,
): Generator<unknown, readonly Unpacked[] | Reason> {
  const text = inflated(segment);
  if (text === undefined) return "hash";
  const unpacked: Unpacked[] = [];
  let chain = prev;
  const lines = linesIn(text, segment.fields);
  let next = lines.next();
  for (; next.done !== true; next = lines.next()) {
    chain = nextChain(cryptography, chain, next.value.bytes);
    unpacked.push({ ...next.value, chain });
    if (unpacked.length % changesAtOnce === 0) yield;
  }
  if (next.value !== undefined) return reasons[next.value.problem];
  return Buffer.compare(chain, end) === 0 ? unpacked : "hash";
}

function inflated({ payload, fields }: Segment): Uint8Array | undefined {
  try {
    return inflateRawSync(payload, { maxOutputLength: fields.ulen });
  } catch {
    // Whatever zlib has against it: it is not what the header says.
    return undefined;
  }
}
