/** Where a link from outside leads. */

/**
 * The place as the page writes it; null for a link that leads nowhere. What knows the places is
 * loaded with the first link: most starts have none.
 */
export async function placeOfLink(link: string): Promise<string | null> {
  const { formatRoute, parseRoute } = await import("#shared/navigation/route.ts");
  const route = parseRoute(link);
  return route === null ? null : formatRoute(route);
}
