/**
 * Writes the whole log anew in the hand of the device that is here, for a workspace that nobody else
 * has seen yet: what was written with keys that are lost could be signed for no colleague. Every
 * change stays what it was, at its time and in its order; only its place and what it names are new.
 */
import { type ChangeBody, changeSchema, isKnownWrite, type Write } from "#shared/domain/change.ts";
import { type ChangeId, changeIdAt, type DeviceId, recordIdSchema } from "#shared/domain/ids.ts";
import { canonicalJson, type Json } from "#shared/domain/json.ts";
import type { Writable } from "../db/database.ts";
import { statement } from "../db/statement.ts";
import type { Cryptography } from "../identity/cryptography.ts";
import { emptyChain, nextChain, signedBytes } from "./chain.ts";
import * as sql from "./log-statements.ts";
import { shortBody } from "./short-body.ts";

type Hand = {
  /** A life of the device in which nothing was written yet. */
  readonly device: DeviceId;
  readonly incarnation: number;
  readonly cryptography: Pick<Cryptography, "hash">;
  readonly sign: (message: Uint8Array) => Uint8Array;
  readonly breathe: () => Promise<void>;
};

const page = 500;

const rewrite = statement<
  [
    device: string,
    incarnation: number,
    sequence: number,
    body: string,
    chain: Uint8Array,
    position: number,
  ]
>(
  "UPDATE change_log SET device = ?, incarnation = ?, sequence = ?, body = ?, chain = ? WHERE position = ?",
);
const forgetSignatures = statement<[]>("DELETE FROM chain_signature");
const forgetEnds = statement<[]>("DELETE FROM stream_end");
const forgetForks = statement<[]>("DELETE FROM stream_fork");

/**
 * Call it in one long transaction, and fold everything again before the commit. Answers the new names
 * of all changes by their old ones.
 */
export async function writeAnew(
  db: Writable,
  hand: Hand,
): Promise<ReadonlyMap<ChangeId, ChangeId>> {
  const { device, incarnation, cryptography } = hand;
  const names = new Map<ChangeId, ChangeId>();
  let [sequence, position] = [0, 0];
  let chain: Uint8Array = emptyChain;
  for (;;) {
    const rows = sql.bodiesAfter(db).all(position, page);
    for (const row of rows) {
      sequence += 1;
      const before = changeSchema.parse(JSON.parse(row.body));
      // One that was an action by itself says so from now on: what made its name has changed.
      const action = row.action === null ? {} : { action: recordIdSchema.parse(row.action) };
      const change = { ...renamed(before, names), ...action, device, incarnation, sequence };
      const plain: Json = JSON.parse(JSON.stringify(change));
      const body = canonicalJson(plain);
      chain = nextChain(cryptography, chain, body);
      names.set(changeIdAt(row, row.chain), changeIdAt(change, chain));
      const short = shortBody(body, change);
      rewrite(db).run(device, incarnation, sequence, short, chain, row.position);
      ({ position } = row);
    }
    if (rows.length < page) break;
    await hand.breathe();
  }
  for (const forget of [forgetSignatures, forgetEnds, forgetForks]) forget(db).run();
  if (sequence === 0) return names;
  const signature = hand.sign(signedBytes({ device, incarnation, sequence, chain }));
  sql.insertSignature(db).run(device, incarnation, sequence, signature);
  sql.insertEnd(db).run(device, incarnation, sequence, chain);
  return names;
}

/** The change with the new names of those that it names. */
function renamed(change: ChangeBody, names: ReadonlyMap<ChangeId, ChangeId>): ChangeBody {
  const nameOf = (id: ChangeId) => names.get(id) ?? id;
  const { on, writes } = change;
  return {
    ...change,
    ...(on !== undefined && { on: nameOf(on) }),
    writes: writes.map((write): Write => {
      if (!isKnownWrite(write)) return write;
      if (write.kind !== "members") return { ...write, after: write.after.map(nameOf) };
      const remove = write.remove.map(({ value, additions }) => {
        return { value, additions: additions.map(nameOf) };
      });
      return { ...write, remove };
    }),
  };
}
