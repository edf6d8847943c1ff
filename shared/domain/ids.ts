/** Identifiers: ULIDs for records, names derived from keys for devices, positions for changes. */
import { z } from "zod";

const crockford = "0123456789abcdefghjkmnpqrstvwxyz";

const recordIdPattern = /^[0-9a-hjkmnp-tv-z]{26}$/u;

/** A record's id: a ULID in lower case, 26 characters, ordered by the time of creation. */
export const recordIdSchema = z
  .string()
  .regex(recordIdPattern, "is not a record id")
  .brand<"RecordId">();
export type RecordId = z.infer<typeof recordIdSchema>;

/** A device's id: the first 100 bits of SHA-256 over its public signing key, 20 characters. */
export const deviceIdSchema = z
  .string()
  .regex(/^[0-9a-hjkmnp-tv-z]{20}$/u, "is not a device id")
  .brand<"DeviceId">();
export type DeviceId = z.infer<typeof deviceIdSchema>;

const changeIdPattern = /^[0-9a-hjkmnp-tv-z]{20}-\d{1,6}-\d{1,12}-[0-9a-hjkmnp-tv-z]{6}$/u;

/**
 * A change's id: `device-incarnation-sequence-mark`. An incarnation is one uninterrupted life of the
 * device's log: a log restored from a backup starts a new one instead of forking the old one. The
 * mark is the beginning of the chain's hash at the change: where two copies of a device wrote the
 * same place with different words after all, the two changes still have different ids.
 */
export const changeIdSchema = z
  .string()
  .regex(changeIdPattern, "is not a change id")
  .brand<"ChangeId">();
export type ChangeId = z.infer<typeof changeIdSchema>;

/** Where a change stands in the log of its device. */
export type Place = {
  readonly device: string;
  readonly incarnation: number;
  readonly sequence: number;
};

/** The id of the change at this place, where the chain has this value. */
export function changeIdAt(place: Place, chain: Uint8Array): ChangeId {
  const { device, incarnation, sequence } = place;
  const id = `${device}-${incarnation}-${sequence}-${markOf(chain)}`;
  return isChangeId(id) ? id : changeIdSchema.parse(id);
}

/** The schema without its ceremony: ids are made of every row that is read. */
function isChangeId(text: string): text is ChangeId {
  return changeIdPattern.test(text);
}

/** The place in a change's id, and its mark. */
export function placeOf(id: ChangeId): Place & { readonly mark: string } {
  const [device = "", incarnation, sequence, mark = ""] = id.split("-");
  return { device, incarnation: Number(incarnation), sequence: Number(sequence), mark };
}

/** The mark of a change: the first 30 bits of the chain's hash there. */
export function markOf(chain: Uint8Array): string {
  return encodeBase32(chain.subarray(0, 4)).slice(0, 6);
}

/** The action of a change that says none, because it is one by itself: made of the chain there. */
export function actionAt(chain: Uint8Array): RecordId {
  const id = encodeBase32(chain.subarray(0, 17)).slice(0, 26);
  return isRecordId(id) ? id : recordIdSchema.parse(id);
}

function isRecordId(text: string): text is RecordId {
  return recordIdPattern.test(text);
}

/**
 * The fingerprint of a text in UTF-8: the first 80 bits of its SHA-256. It tells whether a rebuilt
 * version is the one that was written; that nobody forged it, the chain's whole hashes tell.
 */
export const textHashSchema = z.string().regex(/^[0-9a-hjkmnp-tv-z]{16}$/u, "is not a text hash");

/** SHA-256 in lower-case hexadecimal, 64 characters. */
export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/u, "is not a SHA-256 hash");

/** Where new randomness and the time come from; tests give seeded and fixed ones. */
export type IdSource = {
  /** Milliseconds since 1970, UTC. */
  readonly now: () => number;
  /** Fresh random bytes of the asked length. */
  readonly randomBytes: (length: number) => Uint8Array;
};

/** Makes a record id: 48 bits of time, 80 bits of randomness (https://github.com/ulid/spec). */
export function newRecordId(source: IdSource): RecordId {
  const time = encodeTime(source.now());
  const random = encodeBase32(source.randomBytes(10));
  return recordIdSchema.parse(time + random);
}

/** Writes bytes as Crockford base 32 in lower case, most significant bit first. */
export function encodeBase32(bytes: Uint8Array): string {
  let text = "";
  let buffer = 0;
  let bits = 0;
  for (const byte of bytes) {
    buffer = (buffer << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += crockford.charAt((buffer >>> bits) & 31);
    }
    buffer &= (1 << bits) - 1;
  }
  return bits > 0 ? text + crockford.charAt((buffer << (5 - bits)) & 31) : text;
}

function encodeTime(milliseconds: number): string {
  let text = "";
  let rest = milliseconds;
  for (let index = 0; index < 10; index += 1) {
    text = crockford.charAt(rest % 32) + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}
