/** The beginning of a long text: what fills the first screens is read before the rest of it. */

/** Characters that fill a few screens and are read in a moment. */
const few = 16_000;
/** A text that is read in a moment as a whole needs no beginning. */
const long = 3 * few;

/** A piece from the start that ends between two blocks; null for a text that is not long. */
export function beginningOf(text: string): string | null {
  if (text.length < long) return null;
  const gap = text.lastIndexOf("\n\n", few);
  const line = gap > 0 ? gap : text.lastIndexOf("\n", few);
  return text.slice(0, line > 0 ? line : few);
}
