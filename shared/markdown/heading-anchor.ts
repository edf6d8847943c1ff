/** Anchors of headings as GitHub makes them, so that links written for a repository still land. */

const dropped = /[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu;

/** Returns a function that gives each heading of one document its anchor; repeats get `-1`, `-2`. */
export function createAnchors(): (heading: string) => string {
  const used = new Map<string, number>();
  return (heading) => {
    const plain = headingAnchor(heading);
    let anchor = plain;
    let count = used.get(plain) ?? 0;
    while (used.has(anchor)) {
      count += 1;
      anchor = `${plain}-${count}`;
    }
    used.set(plain, count);
    used.set(anchor, 0);
    return anchor;
  };
}

/** The anchor of a heading that no earlier heading repeats. */
export function headingAnchor(heading: string): string {
  return heading.toLowerCase().replaceAll(dropped, "").replaceAll(" ", "-");
}
