/**
 * Searches without an answer: what people of this device looked for in vain, and the requests that are
 * made of it. They are counted here and go nowhere on their own; a request says the words, because
 * somebody decided to ask, and how often they were searched for only where the person agreed to that.
 */
import type Sqlite from "better-sqlite3";
import type { contract, GuildhallEmit } from "#shared/contract/index.ts";
import type { RecordId } from "#shared/domain/ids.ts";
import type { Json } from "#shared/domain/json.ts";
import type { GroupHandlers } from "#shared/rpc/define.ts";
import { ExpectedFailure } from "#shared/rpc/wire.ts";
import type { Readable } from "../../db/database.ts";
import type { RecordStore } from "../../records/record-store.ts";
import { readSettings } from "../../workspace/settings.ts";
import { readWorkspace } from "../../workspace/workspace-row.ts";
import { foldText } from "../analysis/tokenize.ts";
import type { SearchedFor } from "../searched-for.ts";
import { openRequests } from "./open-requests.ts";
import {
  allRows,
  countSearch,
  forgetSearches,
  noteShared,
  rowOf,
  type UnansweredRow,
} from "./unanswered-rows.ts";

/** What of the contract's `search` is answered here. */
export type UnansweredHandlers = Pick<
  GroupHandlers<typeof contract.search>,
  "ended" | "unanswered" | "forgetUnanswered" | "requestUnanswered"
>;

type Dependencies = {
  readonly read: Readable;
  readonly local: Sqlite.Database;
  readonly store: Pick<RecordStore, "newId" | "write" | "get">;
  readonly searchedFor: (text: string) => SearchedFor;
  /** Milliseconds since 1970, UTC. */
  readonly now: () => number;
  readonly emit: GuildhallEmit;
};

/** Builds the handlers. */
export function createUnanswered(deps: Dependencies): UnansweredHandlers {
  const { read, local, now, emit } = deps;
  const changed = () => emit("searches.changed", {});
  return {
    ended: ({ text, opened }) => {
      const { words, whole } = deps.searchedFor(text);
      const folded = foldText(words);
      if (folded === "") return { counted: false };
      if (opened) {
        if (forgetSearches(local, [folded]) > 0) changed();
        return { counted: false };
      }
      if (whole > 0) return { counted: false };
      countSearch(local, { words: folded, text: words, at: now() });
      changed();
      return { counted: true };
    },
    unanswered: () => {
      const rows = allRows(local).all();
      if (rows.length === 0) return [];
      const requests = openRequests(read);
      return rows.map(({ words, text, count, last_at }) => {
        const request = requests.get(words);
        return {
          text,
          count,
          lastAt: new Date(last_at).toISOString(),
          found: deps.searchedFor(text).whole,
          request: request === undefined ? null : { ...request, type: "request" },
        };
      });
    },
    forgetUnanswered: ({ texts }) => {
      const forgotten = forgetSearches(local, texts?.map(foldText));
      if (forgotten > 0) changed();
      return { forgotten };
    },
    requestUnanswered: async ({ text }) => {
      const words = deps.searchedFor(text).words;
      const folded = foldText(words);
      if (folded === "") throw nothingAsked();
      const row = rowOf(local).get(folded);
      const shares = readSettings(local).shareSearchCounts;
      const answer = await ask(deps, { words, folded, count: shares ? untold(row) : 0 });
      if (shares) noteShared(local).run(folded);
      changed();
      return answer;
    },
  };
}

/** How often it was searched for since a request was told of it. */
function untold(row: UnansweredRow | undefined): number {
  return row === undefined ? 0 : row.count - row.shared;
}

type Asked = { readonly words: string; readonly folded: string; readonly count: number };

/** Votes for the open request that asks for the same, or makes one. */
async function ask({ read, store }: Dependencies, { words, folded, count }: Asked) {
  const known = openRequests(read).get(folded)?.id;
  const me = readWorkspace(read);
  const before = known === undefined ? undefined : store.get(known)?.fields;
  const id: RecordId = known ?? store.newId();
  const person = me?.person_id ?? "";
  const searches = count === 0 ? [] : [{ count }];
  const fields: Readonly<Record<string, Json>> = {
    ...(known === undefined && {
      title: words.slice(0, 200),
      query_text: words,
      asked_by: person,
      ...(me !== undefined && me.department_id !== "" && { department_id: me.department_id }),
    }),
    votes: [...new Set([...listOf(before?.["votes"]), person])],
    ...(searches.length > 0 && { searches: [...listOf(before?.["searches"]), ...searches] }),
  };
  const [written] = await store.write([{ id, type: "request", fields }]);
  return { request: id, fresh: known === undefined, action: written?.action ?? null };
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

function nothingAsked(): ExpectedFailure {
  return new ExpectedFailure(
    "invalid",
    "This search has no words, so nobody could tell what is missing. Search for words, then ask for them.",
  );
}
