import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { act, renderHook } from "@testing-library/react";
import { currentRoute, navigate, useRoute, useRouteValue } from "#renderer/platform/navigation.tsx";
import type { Route } from "#shared/navigation/route.ts";

const search = (query: string): Route => ({ screen: "search", query });
const typed = { replace: true, typing: true } as const;
const addressOf = (query: string) => `#/search?q=${query}`;

beforeEach(() => {
  vi.useFakeTimers();
  navigate({ screen: "home" });
});
afterEach(() => {
  vi.useRealTimers();
});

test("while one types the route is new at once, and the address when typing rests", () => {
  const { result, unmount } = renderHook(useRoute);
  navigate(search("re"), typed);
  expect(currentRoute()).toEqual(search("re"));
  expect(window.location.hash).not.toBe(addressOf("re"));
  vi.advanceTimersByTime(200);
  navigate(search("ref"), typed);
  vi.advanceTimersByTime(200);
  expect(window.location.hash).not.toBe(addressOf("re"));
  vi.advanceTimersByTime(200);
  expect(window.location.hash).toBe(addressOf("ref"));
  expect(result.current).toBeDefined();
  unmount();
});

test("going on before typing rests leaves the whole text for the way back", () => {
  const entries: string[] = [];
  const replace = vi
    .spyOn(window.history, "replaceState")
    .mockImplementation((...[, , address]) => {
      entries.push(String(address));
    });
  navigate(search("refund"), typed);
  navigate({ screen: "settings" });
  replace.mockRestore();
  expect(entries).toEqual([addressOf("refund")]);
  expect(currentRoute()).toEqual({ screen: "settings" });
  vi.runAllTimers();
  expect(currentRoute()).toEqual({ screen: "settings" });
});

test("an address that was still to be written gives way when the browser goes elsewhere", () => {
  const { unmount } = renderHook(useRoute);
  navigate(search("refund"), typed);
  window.history.replaceState(null, "", "#/trash");
  window.dispatchEvent(new PopStateEvent("popstate"));
  expect(currentRoute()).toEqual({ screen: "trash" });
  vi.runAllTimers();
  expect(window.location.hash).toBe("#/trash");
  unmount();
});

test("a page that is closed while one types keeps the text in its address", () => {
  const { unmount } = renderHook(useRoute);
  navigate(search("refund"), typed);
  window.dispatchEvent(new Event("pagehide"));
  expect(window.location.hash).toBe(addressOf("refund"));
  unmount();
});

test("a component that follows one value of the place is drawn again only for another value", () => {
  let drawn = 0;
  const { result, rerender, unmount } = renderHook(() => {
    drawn += 1;
    return useRouteValue(({ screen }) => screen);
  });
  act(() => navigate(search("a"), typed));
  act(() => navigate(search("ab"), typed));
  act(() => navigate(search("abc"), typed));
  rerender();
  expect(result.current).toBe("search");
  expect(drawn).toBe(3);
  unmount();
});
