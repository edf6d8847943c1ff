/**
 * Places as the page writes them. What knows them is loaded with the first that is wanted: most
 * starts want none.
 */
import type { Route } from "#shared/navigation/route.ts";

/** Where a link from outside leads; null for one that leads nowhere. */
export async function placeOfLink(link: string): Promise<string | null> {
  const { formatRoute, parseRoute } = await import("#shared/navigation/route.ts");
  const route = parseRoute(link);
  return route === null ? null : formatRoute(route);
}

/** A place of ours. */
export async function placeOf(route: Route): Promise<string> {
  const { formatRoute } = await import("#shared/navigation/route.ts");
  return formatRoute(route);
}
