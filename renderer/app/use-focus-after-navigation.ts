/** Moves the focus to the new screen's title, and keeps each entry's place when going back. */
import { useEffect, useRef } from "react";
import { formatRoute, type Route } from "#shared/navigation/route.ts";
import { historyEntry } from "#renderer/platform/navigation.tsx";

/** How long a screen may take to show its title before the focus is left where it is. */
const patience = 3000;

const places = new Map<string, number>();

/** Follows the route. A new filter or a new search text on the same screen leaves the focus alone. */
export function useFocusAfterNavigation(route: Route): void {
  const screen = screenKey(route);
  const shown = useRef(screen);
  useEffect(() => {
    if (shown.current === screen) return undefined;
    shown.current = screen;
    const main = document.querySelector<HTMLElement>("#main");
    if (main === null) return undefined;
    return settle(main, places.get(historyEntry()) ?? 0);
  }, [screen]);

  useEffect(() => {
    const main = document.querySelector<HTMLElement>("#main");
    const remember = () => {
      if (main !== null) places.set(historyEntry(), main.scrollTop);
    };
    main?.addEventListener("scroll", remember, { passive: true });
    return () => main?.removeEventListener("scroll", remember);
  }, []);
}

function screenKey(route: Route): string {
  if (route.screen === "search" || route.screen === "settings") return route.screen;
  if (route.screen === "list") return `list ${route.type}`;
  if (route.screen === "record") return `record ${route.id}`;
  if (route.screen === "edit") return `edit ${route.id}`;
  return formatRoute(route);
}

/** Waits for the title, which may come with the screen's own chunk and data. */
function settle(main: HTMLElement, place: number): () => void {
  const observer = new MutationObserver(arrive);
  const timer = setTimeout(stop, patience);
  main.scrollTop = 0;
  observer.observe(main, { childList: true, subtree: true, attributes: true });
  arrive();

  function arrive(): void {
    const title = [...main.querySelectorAll<HTMLElement>("[data-page-title]")].find(isShown);
    if (title === undefined) return;
    if (!isTyping(main)) title.focus({ preventScroll: true });
    if (place > 0) main.scrollTop = place;
    if (main.scrollTop >= place) stop();
  }
  function stop(): void {
    observer.disconnect();
    clearTimeout(timer);
  }
  return stop;
}

/** The screen that is being left stays in the document, hidden, until the next one is loaded. */
function isShown(element: HTMLElement): boolean {
  return element.getClientRects().length > 0;
}

/** A field that has the focus keeps it, and so does what a screen focused itself. */
function isTyping(main: HTMLElement): boolean {
  const focused = document.activeElement;
  if (focused === null || focused === document.body) return false;
  if (focused.matches("input, textarea, select, [contenteditable=true]")) return true;
  return main.contains(focused) && focused !== main && !focused.matches("[data-page-title]");
}
