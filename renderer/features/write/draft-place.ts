/**
 * Where a piece of writing is kept. Two windows may write the same page at once: the one that finds
 * a draft it did not save itself goes on under a key of its own, so that neither overwrites the other.
 */
import { client, type Input } from "#renderer/platform/api.ts";
import type { Draft as SavedDraft } from "#shared/contract/drafts.ts";
import { RpcFault } from "#shared/rpc/wire.ts";

type Draft = Omit<Input<"drafts", "save">, "key" | "over">;

export type DraftPlace = {
  readonly save: (draft: Draft) => Promise<{ readonly savedAt: string }>;
  /** Throws away what this window saved, and answers it; null where it has saved nothing. */
  readonly discard: () => Promise<SavedDraft | null>;
};

type DraftPlaceOptions = {
  readonly key: string;
  /** When the draft that was opened had been saved; null where there was none. */
  readonly savedAt: string | null;
  /** Another window writes here, too: from now on the draft lies under this key. */
  readonly onMove: (key: string) => void;
};

/** Keys that windows took for themselves, and the key under which they had opened the writing. */
const moved = new Map<string, string>();

/** The key under which this window opened the writing that now lies under `key`. */
export function openedAs(key: string): string {
  return moved.get(key) ?? key;
}

/** Starts under the key that was opened. */
export function createDraftPlace(options: DraftPlaceOptions): DraftPlace {
  let { key, savedAt: over } = options;

  async function put(draft: Draft): Promise<{ readonly savedAt: string }> {
    const answer = await client.drafts.save({ ...draft, key, over });
    over = answer.savedAt;
    return answer;
  }

  return {
    save: async (draft) => {
      try {
        return await put(draft);
      } catch (error) {
        const elsewhere = error instanceof RpcFault && error.fault.code === "draft_elsewhere";
        if (!elsewhere) throw error;
        key = ownKey(options.key);
        over = null;
        moved.set(key, options.key);
        const answer = await put(draft);
        options.onMove(key);
        return answer;
      }
    },
    discard: async () => {
      if (over === null) return null;
      const saved = await client.drafts.get({ key });
      await client.drafts.discard({ key, over });
      const mine = saved?.savedAt === over;
      over = null;
      return mine ? saved : null;
    },
  };
}

/** The record's id or the new page's key, and something that no other window has. */
function ownKey(key: string): string {
  return `${key.split(".")[0] ?? key}.${crypto.randomUUID().slice(0, 8)}`;
}
