/** What the search screen asks for a text, and how its text and order change. */
import { askAhead, type Input } from "#renderer/platform/api.ts";
import { currentRoute, navigate } from "#renderer/platform/navigation.tsx";

export type Sort = "relevance" | "date";

/**
 * One page of answers. It is more than a window shows: what each
 * key asks for beyond that is work that nobody sees.
 */
export const pageSize = 20;

/** This window's field: each of its questions overtakes those before it that still wait. */
const asker = `search ${crypto.randomUUID()}`;

/** Nobody waits for the answer to a question that was typed over. */
export const dropped = { dropped: true } as const;

/** What is asked for a text: the same wherever it is asked from. */
export function questionOf(text: string, sort: Sort = "relevance"): Input<"search", "query"> {
  return { asker, text, sort, offset: 0, limit: pageSize, facets: false };
}

/** Asks what the screen will ask once it shows this text: the engine is at it while that is drawn. */
export function askEarly(text: string, sort?: Sort): void {
  if (text.trim() !== "") void askAhead("search", "query", questionOf(text, sort), dropped);
}

/** Writes another text. */
export function changeQuery(query: string): void {
  const route = currentRoute();
  const sort = route.screen === "search" ? route.sort : undefined;
  askEarly(query, sort);
  navigate({ screen: "search", query, ...(sort && { sort }) }, { replace: true, typing: true });
}

/** What stands in the field now, which may be more than what was answered. */
export function currentQuery(): string {
  const route = currentRoute();
  return route.screen === "search" ? route.query : "";
}

/** Orders the results otherwise. */
export function changeSort(sort: Sort): void {
  const route = currentRoute();
  if (route.screen === "search") navigate({ ...route, sort }, { replace: true });
}
