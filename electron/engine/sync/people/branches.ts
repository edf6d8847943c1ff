/**
 * Whether a change lies on the branch of its stream that a cut names. A stream has one branch unless
 * two copies of a device wrote it, so one look at the cut's place answers for all of its changes.
 */
import { type ChangeId, changeIdAt } from "#shared/domain/ids.ts";
import type { Cut } from "#shared/domain/roster/act.ts";
import type { Asked } from "#shared/domain/roster/allowed.ts";
import type { Readable } from "../../db/database.ts";
import { statement } from "../../db/statement.ts";
import type { Cryptography } from "../../identity/cryptography.ts";
import { nextChain } from "../../log/chain.ts";

type Row = { readonly sequence: number; readonly body: string; readonly chain: Uint8Array };

const chainsAt = statement<
  [device: string, incarnation: number, sequence: number],
  { readonly chain: Uint8Array }
>("SELECT chain FROM change_log WHERE device = ? AND incarnation = ? AND sequence = ?");
const rowsUpTo = statement<[device: string, incarnation: number, sequence: number], Row>(
  `SELECT sequence, body, chain FROM logged_change
   WHERE device = ? AND incarnation = ? AND sequence <= ? ORDER BY sequence DESC`,
);
const twins = statement<
  [device: string, incarnation: number, sequence: number],
  { readonly found: number }
>(
  `SELECT 1 AS found FROM change_log WHERE device = ? AND incarnation = ? AND sequence <= ?
   GROUP BY sequence HAVING count(*) > 1 LIMIT 1`,
);

export type Branches = {
  readonly liesBelow: (change: Asked, cut: Cut) => boolean;
  /** What lies below the cut, in words to compare: they change when more of the stream tells more. */
  readonly wordingOf: (cut: Cut) => string;
};

/** Every change up to the cut, none of them, or these. */
type Below = "all" | "none" | ReadonlySet<ChangeId>;

/** Remembers what it found, so keep it no longer than a transaction. */
export function createBranches(db: Readable, cryptography: Cryptography): Branches {
  const known = new Map<string, Below>();

  function below(cut: Cut): Below {
    const key = cut.join(" ");
    const found = known.get(key) ?? look(cut);
    known.set(key, found);
    return found;
  }

  function look([device, incarnation, sequence, chain]: Cut): Below {
    const there = chainsAt(db).all(device, incarnation, sequence);
    // The end has not arrived: what leads to it cannot be told from what does not.
    if (there.length === 0) return "all";
    if (!there.some((row) => text(row.chain) === chain)) return "none";
    if (twins(db).get(device, incarnation, sequence) === undefined) return "all";
    return walk([device, incarnation, sequence, chain]);
  }

  /** Back from the cut, each time to the one whose chain leads on. */
  function walk([device, incarnation, sequence, chain]: Cut): Below {
    const branch = new Set<ChangeId>();
    const rows = rowsUpTo(db).all(device, incarnation, sequence);
    const bySequence = Map.groupBy(rows, (row) => row.sequence);
    let head = bySequence.get(sequence)?.find((row) => text(row.chain) === chain);
    while (head !== undefined) {
      branch.add(changeIdAt({ device, incarnation, sequence: head.sequence }, head.chain));
      const { body, chain: wanted } = head;
      head = bySequence
        .get(head.sequence - 1)
        ?.find((row) => text(nextChain(cryptography, row.chain, body)) === text(wanted));
    }
    return branch;
  }

  return {
    liesBelow: ({ id }, cut) => {
      const found = below(cut);
      if (typeof found === "string") return found === "all";
      return id !== undefined && found.has(id);
    },
    wordingOf: (cut) => {
      const found = below(cut);
      return typeof found === "string" ? found : [...found].join(" ");
    },
  };
}

function text(chain: Uint8Array): string {
  return Buffer.from(chain).toString("base64url");
}
