/**
 * Places in an ordered list as texts, so that an element can be put between two others without
 * touching them. Text order is list order; digits are 0-9A-Za-z; a place never ends in 0, since
 * nothing fits between x and x0 (https://www.figma.com/blog/realtime-editing-of-ordered-sequences/).
 */
const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const last = digits.length - 1;
const middleDigit = digits.charAt(last >> 1);

/** Whether the text can serve as a place. */
export function isPosition(text: unknown): text is string {
  return typeof text === "string" && /^[0-9A-Za-z]*[1-9A-Za-z]$/u.test(text);
}

/**
 * As many rising places as asked, after `before` and before `after`; undefined is an open end.
 * Throws when `before` is not less than `after`.
 */
export function positionsBetween(
  before: string | undefined,
  after: string | undefined,
  count: number,
): readonly string[] {
  if (count <= 0) return [];
  if (before !== undefined && after !== undefined && before >= after) {
    throw new RangeError("No place lies between two places in the wrong order.");
  }
  if (after === undefined) return rising(before, count, following);
  if (before === undefined) return rising(after, count, preceding).toReversed();
  const half = Math.floor(count / 2);
  const middle = between(before, after);
  return [
    ...positionsBetween(before, middle, half),
    middle,
    ...positionsBetween(middle, after, count - half - 1),
  ];
}

function rising(
  from: string | undefined,
  count: number,
  step: (place: string) => string,
): readonly string[] {
  const places: string[] = [];
  let place = from;
  for (let index = 0; index < count; index += 1) {
    place = place === undefined ? middleDigit : step(place);
    places.push(place);
  }
  return places;
}

/** A short place after the given one: appending a thousand times adds about 17 digits. */
function following(place: string): string {
  if (place === "") return middleDigit;
  const digit = digits.indexOf(place.charAt(place.length - 1));
  return digit < last ? place.slice(0, -1) + digits.charAt(digit + 1) : `${place}1`;
}

/** A short place before the given one. */
function preceding(place: string): string {
  const head = place.slice(0, -1);
  const digit = digits.indexOf(place.charAt(place.length - 1));
  return digit > 1 ? head + digits.charAt(digit - 1) : `${head}0${digits.charAt(last)}`;
}

/** A place half way between two; digits that both share are kept. */
function between(before: string, after: string): string {
  let shared = 0;
  while ((before.charAt(shared) || "0") === after.charAt(shared)) shared += 1;
  const head = after.slice(0, shared);
  const low = digits.indexOf(before.charAt(shared) || "0");
  const high = digits.indexOf(after.charAt(shared));
  if (high - low > 1) return head + digits.charAt((low + high) >> 1);
  return head + digits.charAt(low) + following(before.slice(shared + 1));
}
