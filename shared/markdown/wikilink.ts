/** Reads what stands between the brackets of a wikilink: `page|words#heading` or `page#heading|words`. */

export type Wikilink = {
  /** The title or path that is linked to. */
  readonly target: string;
  /** What the reader sees. */
  readonly label: string;
  /** The heading as written, or null. */
  readonly heading: string | null;
};

/** Both orders of heading and words are in use; each part is trimmed. */
export function parseWikilink(inner: string): Wikilink {
  const [first = "", ...others] = inner.split("|");
  const words = others.join("|");
  const [target = "", ...inTarget] = first.split("#");
  const [label = "", ...inLabel] = words.split("#");
  const heading = [...inTarget, ...inLabel].join("#").trim();
  return {
    target: target.trim(),
    label: (label.trim() || first).trim(),
    heading: heading === "" ? null : heading,
  };
}
