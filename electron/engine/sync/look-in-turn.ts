/** One look at the shared folder after the other, whoever wishes for them; and screens hear of it. */
import type { SyncReport } from "#shared/contract/sharing.ts";
import type { CycleOptions, Exchange } from "./exchange/create-exchange.ts";

export type Looks = {
  /** Looks after those that were wished for before. */
  readonly look: (options: CycleOptions) => Promise<SyncReport>;
  /** Other work with the exchange, not beside a look; undefined while there is none. */
  readonly inTurn: <T>(work: (exchange: Exchange) => Promise<T>) => Promise<T | undefined>;
  readonly busy: () => boolean;
  /** Resolves when no look is under way. */
  readonly ended: () => Promise<void>;
};

type Dependencies = {
  readonly exchange: () => Exchange | undefined;
  /** What screens show of the folder, as one text; when it is another, they are told. */
  readonly shown: () => string;
  readonly tell: () => void;
  /** What is left to be done in the turn of a look, once it has seen the folder. */
  readonly afterwards: (exchange: Exchange) => Promise<void>;
};

/** Builds it. */
export function createLooks({ exchange, shown, tell, afterwards }: Dependencies): Looks {
  let last: Promise<unknown> = Promise.resolve();
  let looking = 0;
  let told = "";

  async function now<T>(work: (exchange: Exchange) => Promise<T>): Promise<T | undefined> {
    const current = exchange();
    if (current === undefined) return undefined;
    looking += 1;
    try {
      return await work(current);
    } finally {
      looking -= 1;
      const text = shown();
      if (text !== told) tell();
      told = text;
    }
  }

  function inTurn<T>(work: (exchange: Exchange) => Promise<T>): Promise<T | undefined> {
    const mine = last.then(() => now(work));
    // The next one begins however this one ends; whoever wished for this one hears how it ended.
    last = mine.catch(() => undefined);
    return mine;
  }

  return {
    look: async (options) => {
      const report = await inTurn(async (current) => {
        const done = await current.cycle(options);
        await afterwards(current);
        return done;
      });
      return report ?? nothing;
    },
    inTurn,
    busy: () => looking > 0,
    ended: async () => {
      await last;
    },
  };
}

const nothing: SyncReport = {
  sent: 0,
  received: 0,
  applied: 0,
  waiting: 0,
  quarantined: [],
  filesOpened: 0,
  bytesRead: 0,
  ms: 0,
};
