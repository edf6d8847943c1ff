/** Turns a file's bytes into text, or says why they are none. Nothing is guessed or repaired. */

export type Decoded =
  | { readonly text: string; readonly problem: null }
  | { readonly text: null; readonly problem: string };

/** UTF-8 only, to the letter: a byte order mark stays, so that the export can write it back. */
export function decodeText(bytes: Uint8Array): Decoded {
  if (isUtf16(bytes)) {
    return no(
      "The file is written in UTF-16. Save it as UTF-8 in your editor and import it again.",
    );
  }
  if (bytes.includes(0)) {
    return no("The file holds binary data, not text, whatever its name says.");
  }
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return { text, problem: null };
  } catch {
    const line = lineOfFault(bytes);
    return no(
      `The file is not valid UTF-8 (line ${line}). Save it as UTF-8 in your editor and import it again.`,
    );
  }
}

function no(problem: string): Decoded {
  return { text: null, problem };
}

function isUtf16(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true;
  // Without a mark: every other byte of the start is zero, as in Latin text.
  const sample = bytes.subarray(0, 64);
  if (sample.length < 8) return false;
  const zeros = [0, 0];
  for (const [index, byte] of sample.entries())
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  const half = Math.floor(sample.length / 2);
  return zeros.some((count, side) => count >= half * 0.9 && zeros[1 - side] === 0);
}

function lineOfFault(bytes: Uint8Array): number {
  let low = 0;
  let high = bytes.length;
  const decoder = () => new TextDecoder("utf-8", { fatal: true });
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    try {
      decoder().decode(bytes.subarray(0, middle + 1), { stream: true });
      low = middle + 1;
    } catch {
      high = middle;
    }
  }
  let line = 1;
  for (const byte of bytes.subarray(0, low)) if (byte === 10) line += 1;
  return line;
}
