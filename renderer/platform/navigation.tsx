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

/** The place now; an address that is no place is home. */
export function currentRoute(): Route {
  const { hash } = window.location;
  if (cached.hash !== hash) cached = { hash, route: parseRoute(hash.slice(1)) ?? home };
  return cached.route;
}

/** The place now, for a component that follows it. */
export function useRoute(): Route {
  return useSyncExternalStore(subscribe, currentRoute);
}

/** Goes to a place; `replace` leaves no entry for Back. */
export function navigate(route: Route, options: { readonly replace?: boolean } = {}): void {
  const address = hrefOf(route);
  if (address === window.location.hash) return;
  if (options.replace === true) window.history.replaceState(window.history.state, "", address);
  else window.history.pushState(crypto.randomUUID(), "", address);
  announce();
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
    window.addEventListener("popstate", announce);
    window.addEventListener("hashchange", announce);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    window.removeEventListener("popstate", announce);
    window.removeEventListener("hashchange", announce);
  };
}

function announce(): void {
  for (const listener of listeners) listener();
}
