/** Devices with keys of their own and files signed by them, made from a seed. */
import { createHash } from "node:crypto";
import { deflateRawSync } from "node:zlib";
import { nodeCryptography } from "#engine/identity/cryptography.ts";
import { deviceIdOf } from "#engine/identity/identity.ts";
import { nextChain } from "#engine/log/chain.ts";
import { type Timestamp, timestampSchema } from "#shared/domain/clock.ts";
import { type DeviceId, newRecordId, type RecordId } from "#shared/domain/ids.ts";
import { canonicalJson } from "#shared/domain/json.ts";
import { encodeBase64Url, encodeText } from "#shared/format/bytes.ts";
import { encodeHeader, type FrameKind, joinFrame, signedMessage } from "#shared/format/frame.ts";
import { joinLines, type SegmentHeader, segmentCodec, timesOf } from "#shared/format/segment.ts";
import { testClock } from "./test-clock.ts";

export type SampleDevice = {
  readonly id: DeviceId;
  /** Base64url of the public signing key. */
  readonly key: string;
  readonly agreementKey: string;
  readonly sign: (message: Uint8Array) => Uint8Array;
};

/** The time at which samples are written. */
export const sampleTime = "2026-01-05T09:00:00.000Z";

/** The device that the seed makes. */
export function sampleDevice(seed: number): SampleDevice {
  const { randomBytes } = testClock(seed);
  const signer = nodeCryptography.signer(randomBytes(32));
  return {
    id: deviceIdOf(nodeCryptography, signer.publicKey),
    key: encodeBase64Url(signer.publicKey),
    agreementKey: encodeBase64Url(nodeCryptography.agreer(randomBytes(32)).publicKey),
    sign: signer.sign,
  };
}

/** A record id that the seed makes. */
export function sampleRecord(seed: number): RecordId {
  return newRecordId(testClock(seed));
}

/** SHA-256 as headers write it. */
export function digest(bytes: Uint8Array): string {
  return encodeBase64Url(createHash("sha256").update(bytes).digest());
}

/** A frame of any kind, signed by the device. */
export function sealFrame(
  device: SampleDevice,
  kind: FrameKind,
  file: { readonly header: object; readonly payload?: Uint8Array },
): Uint8Array {
  const header = encodeHeader(file.header);
  const signature = device.sign(signedMessage(kind, header));
  return joinFrame(kind, { header, signature, payload: file.payload ?? new Uint8Array() });
}

/** What is written as one segment. */
export type SegmentContent = {
  readonly library: RecordId;
  readonly incarnation?: number;
  readonly first?: number;
  /** The chain before the first. */
  readonly prev?: Uint8Array;
  /** The changes' canonical JSON. */
  readonly bodies: readonly string[];
  /** Fields put over those of the header before it is signed. */
  readonly header?: Partial<SegmentHeader>;
};

/** The chain behind the bodies. */
export function chainOf(
  bodies: readonly string[],
  prev: Uint8Array = new Uint8Array(32),
): Uint8Array {
  let chain = prev;
  for (const body of bodies) chain = nextChain(nodeCryptography, chain, body);
  return chain;
}

/** A segment file of the device. */
export function sampleSegment(device: SampleDevice, content: SegmentContent): Uint8Array {
  const { library, incarnation = 7, first = 1, bodies } = content;
  const prev = content.prev ?? new Uint8Array(32);
  const text = encodeText(joinLines(bodies));
  const payload = deflateRawSync(text, { level: 6 });
  const times = bodies.map((body): Timestamp => timestampSchema.parse(JSON.parse(body).at));
  const header = {
    v: 1,
    lib: library,
    dev: device.id,
    key: device.key,
    inc: incarnation,
    first,
    last: first + bodies.length - 1,
    prev: encodeBase64Url(prev),
    end: encodeBase64Url(chainOf(bodies, prev)),
    codec: segmentCodec,
    plen: payload.length,
    ulen: text.length,
    phash: digest(payload),
    ...timesOf(times),
    ...content.header,
  };
  return sealFrame(device, "segment", { header, payload });
}

/** Changes of the device that set a title, as canonical JSON. */
export function sampleBodies(device: SampleDevice, count: number, first = 1): readonly string[] {
  return Array.from({ length: count }, (_, index) => {
    const sequence = first + index;
    const at = (Date.UTC(2026, 0, 5, 9) + sequence).toString(16).padStart(11, "0");
    return canonicalJson({
      v: 1,
      device: device.id,
      incarnation: 7,
      sequence,
      at: `${at}-0000`,
      author: sampleRecord(900),
      record: sampleRecord(sequence),
      type: "lesson",
      action: sampleRecord(901),
      writes: [{ kind: "set", path: "title", value: `Lesson ${sequence} – naïve ✓`, after: [] }],
    });
  });
}
