/**
 * The ids of records that are made here say which device made them: the last 40 of their 80 random
 * bits are a hash over the rest and the device. So nobody can claim with a false clock to have made
 * somebody else's record first; to everything else they are ids like any others.
 */
import {
  encodeBase32,
  type IdSource,
  newRecordId,
  type RecordId,
  recordIdSchema,
} from "#shared/domain/ids.ts";
import { nodeCryptography } from "../identity/cryptography.ts";

/** How much of an id is time and chance. */
const free = 18;

/** A fresh id, made on the device; any fresh id where there is no device yet. */
export function newIdOn(device: string | undefined, source: IdSource): RecordId {
  const id = newRecordId(source);
  if (device === undefined) return id;
  const start = id.slice(0, free);
  return recordIdSchema.parse(start + markOf(start, device));
}

/** Whether the id was made on the device. */
export function isMadeOn(device: string, id: RecordId): boolean {
  return markOf(id.slice(0, free), device) === id.slice(free);
}

function markOf(start: string, device: string): string {
  const said = Buffer.from(`guildhall/record/v1\0${start}${device}`, "utf8");
  return encodeBase32(nodeCryptography.hash(said).subarray(0, 5));
}
