/** Anchors of headings, as GitHub makes them, so that links between imported pages keep working. */

/** The anchor of one heading: `Getting started!` gives `getting-started`. */
export function slugOf(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, "")
    .replaceAll(" ", "-");
}

/** Gives each heading of one text its own anchor: the second `Notes` becomes `notes-1`. */
export function createAnchors(): (heading: string) => string {
  const taken = new Map<string, number>();
  return (heading) => {
    const slug = slugOf(heading);
    let anchor = slug;
    let count = taken.get(slug) ?? 0;
    while (taken.has(anchor)) {
      count += 1;
      anchor = `${slug}-${count}`;
    }
    taken.set(slug, count);
    taken.set(anchor, 0);
    return anchor;
  };
}
