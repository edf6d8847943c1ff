/** Whole numbers in as many bytes as they need: seven bits in each, the lowest first. */

/** Two billion and less take at most so many. */
export const mostBytes = 5;

/** Writes one; gives where the next one goes. */
export function putInteger(into: Uint8Array, start: number, value: number): number {
  let at = start;
  let rest = value;
  while (rest > 127) {
    into[at] = (rest & 127) | 128;
    rest >>>= 7;
    at += 1;
  }
  into[at] = rest;
  return at + 1;
}

/** Reads as many as there is room for; gives where the next one stands. */
export function readIntegers(bytes: Uint8Array, start: number, into: Int32Array): number {
  const { length } = into;
  let at = start;
  for (let index = 0; index < length; index += 1) {
    let value = 0;
    let shift = 0;
    let byte = bytes[at] ?? 0;
    while (byte > 127) {
      value |= (byte & 127) << shift;
      shift += 7;
      at += 1;
      byte = bytes[at] ?? 0;
    }
    into[index] = value | (byte << shift);
    at += 1;
  }
  return at;
}
