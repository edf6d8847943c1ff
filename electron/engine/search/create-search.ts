/**
 * Search: the projection that indexes records, and everything that finds them again (full text,
 * switcher, saved searches, similar records). It reads the index and writes nothing but it; it never
 * decides what a record is or who may see it.
 */
import { setImmediate as nextTurn } from "node:timers/promises";
import type Sqlite from "better-sqlite3";
import type { contract, GuildhallEmit } from "#shared/contract/index.ts";
import type { IdSource } from "#shared/domain/ids.ts";
import type { GroupHandlers } from "#shared/rpc/define.ts";
import type { Readable } from "../db/database.ts";
import { createBreath } from "../jobs/breath.ts";
import type { Projector } from "../projections/projector.ts";
import { explainHit } from "./explain-hit.ts";
import { createSearchProjector } from "./index/search-projector.ts";
import { answerOperatorValues } from "./offer-values.ts";
import { createOvertaking } from "./overtaking.ts";
import { answerAlike, answerQuery } from "./query-handler.ts";
import { createRebuilding } from "./rebuilding.ts";
import { createSavedSearches } from "./saved-searches.ts";
import { createSearchIndex, type SearchIndex } from "./search-index.ts";
import { type SearchedFor, searchedFor } from "./searched-for.ts";
import { findSimilar } from "./similar-records.ts";
import { answerSwitcher } from "./switcher.ts";
import type { UnansweredHandlers } from "./unanswered/create-unanswered.ts";

type Dependencies = {
  readonly read: Readable;
  readonly local: Sqlite.Database;
  readonly clock: IdSource;
  readonly emit: GuildhallEmit;
};

export type Search = {
  readonly projector: Projector;
  readonly handlers: Omit<GroupHandlers<typeof contract.search>, keyof UnansweredHandlers>;
  /** What a finished search was about, and whether anything answers it. */
  readonly searchedFor: (text: string) => SearchedFor;
  /** Reads the index piece by piece while `going`, and tries it, so that the first question is as quick as later ones. */
  readonly warm: (going: () => boolean) => Promise<void>;
  /** Answers `records.similar`. */
  readonly similar: GroupHandlers<typeof contract.records>["similar"];
};

/** Builds search over a profile's databases. The index is read on the first question, or before by `warm`. */
export function createSearch(deps: Dependencies): Search {
  const { read, local, clock, emit } = deps;
  const index = createSearchIndex(read, clock.now);
  const saved = createSavedSearches({ local, index, clock });
  const projector = createSearchProjector();
  const takeTurn = createOvertaking();
  const rebuilding = createRebuilding(read, projector.name);
  return {
    projector,
    handlers: {
      query: async (input) => {
        if (input.asker !== undefined) await takeTurn(input.asker);
        return { ...answerQuery({ index }, input), rebuilding: rebuilding() };
      },
      alike: (input) => answerAlike({ index }, input),
      vocabulary: () => {
        index.refresh();
        return [...index.synonyms.entries()];
      },
      explain: (input) => explainHit({ index, now: clock.now }, input),
      switcher: (input) => answerSwitcher({ index, local }, input),
      operatorValues: (input) => answerOperatorValues(index, input),
      saved: () => saved.list(),
      save: (input) => {
        const answer = saved.save(input);
        emit("searches.changed", {});
        return answer;
      },
      removeSaved: ({ id }) => {
        saved.remove(id);
        emit("searches.changed", {});
        return {};
      },
    },
    searchedFor: (text) => searchedFor(index, text),
    warm: async (going) => {
      const breathe = createBreath();
      await breathe();
      while (going()) {
        if (!index.warm()) return rehearse(index, going);
        await breathe();
      }
    },
    similar: (input) => findSimilar(index, input),
  };
}

/** Single letters, which have the most to go through, and a slip of the pen; each is a few milliseconds. */
const rehearsed = ["e", "a", "s", "anohter"];
const firstPage = { sort: "relevance", offset: 0, limit: 20, facets: false } as const;

/** Code that has never run is slow: the first letter of a day took three times as long as those after it. */
async function rehearse(index: SearchIndex, going: () => boolean): Promise<void> {
  for (const text of rehearsed) {
    await nextTurn();
    if (!going()) return;
    answerQuery({ index }, { ...firstPage, text });
  }
}
