/**
 * Where the person is, and how to go elsewhere. The route lives in the address behind `#`, so that
 * Back, Forward, a reload and a copied address work alike in a window and in a browser tab.
 */
import {
  type ComponentProps,
  type MouseEvent,
  type ReactElement,
  type ReactNode,
  useSyncExternalStore,
} from "react";
import { formatRoute, parseRoute, type Route } from "#shared/navigation/route.ts";

/** The route of one screen, as its component gets it. */
export type RouteOf<S extends Route["screen"]> = Extract<Route, { readonly screen: S }>;

const home: Route = { screen: "home" };
const listeners = new Set<() => void>();

let cached: { readonly hash: string; readonly route: Route } = { hash: "", route: home };

/** How long typing rests before the browser hears of the new address, in milliseconds. */
const rest = 300;
let ahead: { readonly address: string; readonly timer: ReturnType<typeof setTimeout> } | null =
  null;

/** The place now; an address that is no place is home. */
export function currentRoute(): Route {
  const hash = ahead?.address ?? window.location.hash;
  if (cached.hash !== hash) cached = { hash, route: parseRoute(hash.slice(1)) ?? home };
  return cached.route;
}

/** The place now, for a component that follows it. */
export function useRoute(): Route {
  return useSyncExternalStore(subscribe, currentRoute);
}

/** What a component has to know of the place, as a plain value: it is drawn again when that changes. */
export function useRouteValue<T extends string | number | boolean | undefined>(
  select: (route: Route) => T,
): T {
  return useSyncExternalStore(subscribe, () => select(currentRoute()));
}

type NavigateOptions = {
  /** Leaves no entry for Back. */
  readonly replace?: boolean;
  /**
   * With `replace`: the route changes at once and the browser's address when typing rests. A browser
   * does much for each new address (it looks at the page's icon again) and counts how many there are.
   */
  readonly typing?: boolean;
};

/** Goes to a place. */
export function navigate(route: Route, options: NavigateOptions = {}): void {
  const address = hrefOf(route);
  if (address === (ahead?.address ?? window.location.hash)) return;
  if (options.replace === true && options.typing === true) {
    clearTimeout(ahead?.timer);
    ahead = { address, timer: setTimeout(writeAddress, rest) };
  } else {
    writeAddress();
    if (options.replace === true) window.history.replaceState(window.history.state, "", address);
    else window.history.pushState(crypto.randomUUID(), "", address);
  }
  announce();
}

/** Tells the browser the address that it has not heard of yet. */
function writeAddress(): void {
  if (ahead === null) return;
  const { address, timer } = ahead;
  clearTimeout(timer);
  ahead = null;
  window.history.replaceState(window.history.state, "", address);
}

/** Names the present entry of the window's history, for what is remembered of it. */
export function historyEntry(): string {
  const { state } = window.history;
  // An address that was typed in or followed from outside has no name: it stands for itself.
  return typeof state === "string" ? state : window.location.hash;
}

/** The address of a place, for an `href`. */
export function hrefOf(route: Route): string {
  return `#${formatRoute(route)}`;
}

type RouteLinkProps = Omit<ComponentProps<"a">, "href" | "children"> & {
  readonly to: Route;
  readonly children: ReactNode;
};

/** A link to a place: an ordinary `<a>` that can be copied, and opens without a reload. */
export function RouteLink({ to, onClick, children, ...rest }: RouteLinkProps): ReactElement {
  function open(event: MouseEvent<HTMLAnchorElement>): void {
    onClick?.(event);
    const modified = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
    if (event.defaultPrevented || modified || event.button !== 0) return;
    event.preventDefault();
    navigate(to);
  }
  return (
    <a {...rest} href={hrefOf(to)} onClick={open}>
      {children}
    </a>
  );
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    window.addEventListener("popstate", arrive);
    window.addEventListener("hashchange", arrive);
    window.addEventListener("pagehide", writeAddress);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    writeAddress();
    window.removeEventListener("popstate", arrive);
    window.removeEventListener("hashchange", arrive);
    window.removeEventListener("pagehide", writeAddress);
  };
}

/** The browser went elsewhere: an address that was still to be written belonged to the place before. */
function arrive(): void {
  clearTimeout(ahead?.timer);
  ahead = null;
  announce();
}

function announce(): void {
  for (const listener of listeners) listener();
}
