/** Makes a segment file of changes that are in the log. The same changes always give the same bytes. */
import { deflateRawSync } from "node:zlib";
import type { RecordId } from "#shared/domain/ids.ts";
import { type Timestamp, timestampSchema } from "#shared/domain/clock.ts";
import { encodeBase64Url } from "#shared/format/bytes.ts";
import { encodeHeader, joinFrame, signedMessage } from "#shared/format/frame.ts";
import { formatVersion } from "#shared/format/limits.ts";
import { joinLines, segmentCodec, timesOf } from "#shared/format/segment.ts";
import type { Cryptography } from "../identity/cryptography.ts";
import type { PublicDevice } from "../identity/identity.ts";

/** Consecutive rows of one stream, and the chain before the first of them. */
export type Stretch = {
  readonly library: RecordId;
  readonly device: PublicDevice;
  readonly incarnation: number;
  readonly prev: Uint8Array;
  readonly rows: readonly LoggedRow[];
};

export type LoggedRow = {
  readonly sequence: number;
  readonly at: string;
  readonly body: string;
  readonly chain: Uint8Array;
};

type Signing = {
  readonly cryptography: Pick<Cryptography, "hash">;
  readonly sign: (message: Uint8Array) => Uint8Array;
};

/** The file's bytes. The rows have to fit the limits; see `stretches`. */
export function signSegment(stretch: Stretch, { cryptography, sign }: Signing): Uint8Array {
  const { library, device, incarnation, prev, rows } = stretch;
  const [first, last] = [rows[0], rows.at(-1)];
  if (first === undefined || last === undefined) throw new Error("A segment of no changes.");
  const text = Buffer.from(joinLines(rows.map((row) => row.body)), "utf8");
  const payload = deflateRawSync(text, { level: 6 });
  const header = encodeHeader({
    v: formatVersion,
    lib: library,
    dev: device.id,
    key: encodeBase64Url(device.signingKey),
    inc: incarnation,
    first: first.sequence,
    last: last.sequence,
    prev: encodeBase64Url(prev),
    end: encodeBase64Url(last.chain),
    codec: segmentCodec,
    plen: payload.length,
    ulen: text.length,
    phash: encodeBase64Url(cryptography.hash(payload)),
    ...timesOf(rows.map((row): Timestamp => timestampSchema.parse(row.at))),
  });
  const signature = sign(signedMessage("segment", header));
  return joinFrame("segment", { header, signature, payload });
}
