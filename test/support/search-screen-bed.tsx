/** What the tests of the search screen share: answers, and the screen at a query. */
import { screen } from "@testing-library/react";
import { SearchScreen } from "#renderer/features/find/search-screen.tsx";
import type { Output } from "#renderer/platform/api.ts";
import { recordIdSchema } from "#shared/domain/ids.ts";
import { renderScreen } from "#test/support/render-screen.tsx";

export type Answer = Output<"search", "query">;

export const idOf = (number: number) => recordIdSchema.parse(number.toString().padStart(26, "0"));
export const nothing: Answer = {
  total: 0,
  more: false,
  ms: 1,
  hits: [],
  corrected: null,
  suggestion: null,
  chips: [],
  facets: [],
  rebuilding: null,
};

export function hit(title: string, number = 1): Answer["hits"][number] {
  return {
    id: idOf(number),
    type: "playbook",
    title,
    titleRuns: [{ text: title, hit: false }],
    department: { id: idOf(900), type: "department", title: "Billing" },
    status: "published",
    trust: "expired",
    updatedAt: "2026-11-01T10:00:00.000Z",
    similar: 0,
    score: 1,
    field: "steps",
    snippet: [
      { text: "answer the ", hit: false },
      { text: "refund", hit: true },
    ],
  };
}

export function found(...titles: readonly string[]): Answer {
  return { ...nothing, total: titles.length, hits: titles.map((title, at) => hit(title, at + 1)) };
}

export function show(query: string) {
  return renderScreen({ screen: "search", query }, (route) =>
    route.screen === "search" ? <SearchScreen route={route} /> : <p>elsewhere</p>,
  );
}

export const field = () => screen.getByRole("combobox", { name: "Search everything" });
export const around = {
  query: () => nothing,
  saved: () => [],
  unanswered: () => [],
  ended: () => ({ counted: false }),
};
