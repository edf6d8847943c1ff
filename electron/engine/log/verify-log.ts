/** Checks that the log says what its devices signed: nothing altered, removed, moved or forged. */
import { changeSchema } from "#shared/domain/change.ts";
import type { Readable } from "../db/database.ts";
import type { LogCheck } from "./change-log.ts";
import type { Cryptography } from "../identity/cryptography.ts";
import { deviceIdOf } from "../identity/identity.ts";
import { actionAt, changeIdAt } from "#shared/domain/ids.ts";
import { emptyChain, nextChain, signedBytes } from "./chain.ts";
import * as sql from "./log-statements.ts";

type Stream = { readonly device: string; readonly incarnation: number };
type Verifier = (message: Uint8Array, signature: Uint8Array) => boolean;

const pageSize = 500;

/** Goes through every chain from its start; yields after each change and for each problem. */
export function* verifyLog(db: Readable, cryptography: Cryptography): Iterable<LogCheck> {
  const known = sql.streams(db).all();
  for (const stream of known) {
    const verify = verifierOf(db, stream.device, cryptography);
    if (typeof verify === "string") yield { problem: verify };
    else yield* verifyStream(db, stream, { cryptography, verify });
  }
  for (const signed of sql.signedStreams(db).all()) {
    const present = known.some(
      (one) => one.device === signed.device && one.incarnation === signed.incarnation,
    );
    if (present) continue;
    yield { problem: `All changes of ${nameOf(signed)} are missing, though it signed some.` };
  }
}

/** The device's signature check, or why there is none: its id must be the hash of its key. */
function verifierOf(db: Readable, device: string, cryptography: Cryptography): Verifier | string {
  const row = sql.deviceRow(db).get(device);
  if (row === undefined) return `The public key of device ${device} is missing.`;
  if (row.signing_key.length !== 32 || deviceIdOf(cryptography, row.signing_key) !== device) {
    return `The public key kept for device ${device} is not its own.`;
  }
  return cryptography.verifier(row.signing_key);
}

function* verifyStream(
  db: Readable,
  stream: Stream,
  by: { readonly cryptography: Cryptography; readonly verify: Verifier },
): Iterable<LogCheck> {
  const signatures = new Map(
    sql
      .signaturesOfStream(db)
      .all(stream.device, stream.incarnation)
      .map((row) => [row.sequence, row.signature]),
  );
  let chain = emptyChain;
  let sequence = 0;
  let signedUpTo = 0;
  for (const row of rowsOf(db, stream)) {
    yield { problem: null };
    const name = changeIdAt(row, row.chain);
    if (row.sequence !== sequence + 1) {
      yield {
        problem: `Changes ${sequence + 1} to ${row.sequence - 1} of ${nameOf(stream)} are missing.`,
      };
    }
    const problem = problemOf(row);
    if (problem !== undefined) yield { problem: `Change ${name} ${problem}.` };
    chain = nextChain(by.cryptography, chain, row.body);
    if (!same(chain, row.chain)) {
      yield {
        problem: `Change ${name} or one before it is not what was written: the chain of hashes breaks there.`,
      };
    }
    const signature = signatures.get(row.sequence);
    signatures.delete(row.sequence);
    if (signature !== undefined) {
      const end = { ...stream, sequence: row.sequence, chain };
      if (by.verify(signedBytes(end), signature)) signedUpTo = row.sequence;
      else yield { problem: `The signature at change ${name} is not that of its device.` };
    }
    // Goes on from what is stored, so that one broken change is one problem and not all that follow.
    chain = row.chain;
    sequence = row.sequence;
  }
  if (signedUpTo < sequence) {
    yield {
      problem: `Changes ${signedUpTo + 1} to ${sequence} of ${nameOf(stream)} carry no valid signature.`,
    };
  }
  for (const left of signatures.keys()) {
    yield {
      problem: `Change ${left} of ${nameOf(stream)} is missing, though the device signed it.`,
    };
  }
}

/** Whether the columns by which a change is found say what its body says. */
function problemOf(row: sql.ChangeRow): string | undefined {
  const parsed = changeSchema.safeParse(parseJson(row.body));
  if (!parsed.success) return "cannot be read";
  const change = parsed.data;
  const agrees =
    change.device === row.device &&
    change.incarnation === row.incarnation &&
    change.sequence === row.sequence &&
    change.at === row.at &&
    change.record === row.record &&
    (change.action ?? actionAt(row.chain)) === row.action;
  return agrees ? undefined : "is filed under another place than it says itself";
}

function* rowsOf(db: Readable, stream: Stream): Iterable<sql.ChangeRow> {
  let last = 0;
  for (;;) {
    const rows = sql.streamAfter(db).all(stream.device, stream.incarnation, last, pageSize);
    yield* rows;
    const end = rows.at(-1);
    if (end === undefined) return;
    last = end.sequence;
  }
}

function nameOf(stream: Stream): string {
  return `device ${stream.device}, incarnation ${stream.incarnation},`;
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not a change then; the schema refuses undefined.
    return undefined;
  }
}
