/**
 * Whether two texts are the same or nearly so. The same: equal hashes of the text without
 * differences in white space. Nearly: MinHash over runs of four words, which estimates the share
 * of runs that both texts have (Broder 1997).
 */
import { hash } from "node:crypto";

/** Texts shorter than this say too little to be called the same by their words alone. */
const shortest = 40;
/** Numbers in a signature, and how many of them make a band. */
export const slots = 64;
export const rows = 4;
/** From this share on two texts are called near duplicates. */
export const nearEnough = 0.8;
const fewestRuns = 30;

/** Equal for texts that differ in line ends and white space only; null for texts too short to tell. */
export function bodyHash(body: string): string | null {
  const normal = body
    .replace(/^\uFEFF/u, "")
    .replaceAll(/\s+/gu, " ")
    .trim();
  return normal.length < shortest ? null : hash("sha256", normal, "hex");
}

/** A text's signature; null for texts with too few words to compare. Reads some 100 MB a second. */
export function sketch(body: string): Uint32Array | null {
  const signature = new Uint32Array(slots).fill(0xffffffff);
  const window = new Uint32Array(4);
  let count = 0;
  let word = 0;
  for (let index = 0; index <= body.length; index += 1) {
    const code = index < body.length ? letterAt(body, index) : 0;
    const alone = code >= firstIdeograph;
    if (code !== 0 && !alone) {
      word = Math.imul((word || 0x811c9dc5) ^ code, 0x01000193);
      continue;
    }
    if (word !== 0) addWord(word);
    word = 0;
    // Chinese and Japanese write without spaces: every character counts as a word.
    if (alone) addWord(Math.imul(0x811c9dc5 ^ code, 0x01000193));
  }
  return count < fewestRuns + 3 ? null : signature;

  function addWord(hash: number): void {
    window[count % 4] = hash;
    count += 1;
    if (count < 4) return;
    let run = 0x811c9dc5;
    for (let back = 4; back > 0; back -= 1) run = mix(run ^ (window[(count - back) % 4] ?? 0));
    // One permutation: the high bits choose the slot, the low ones compete for it.
    const slot = run >>> 26;
    const value = mix(run);
    if (value < (signature[slot] ?? 0)) signature[slot] = value;
  }
}

const firstIdeograph = 0x2e80;

/** The character without case if it is part of a word, else 0. */
function letterAt(body: string, index: number): number {
  const code = body.charCodeAt(index);
  if (code >= 97 && code <= 122) return code;
  if (code >= 65 && code <= 90) return code + 32;
  if (code >= 48 && code <= 57) return code;
  // Beyond ASCII nearly everything is a letter; General Punctuation is not.
  return code < 0xaa || (code >= 0x2000 && code <= 0x206f) || (code >= 0x3000 && code <= 0x3004)
    ? 0
    : code;
}

/** Scatters 32 bits (MurmurHash3). */
export function mix(value: number): number {
  const once = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35);
  return (twice ^ (twice >>> 16)) >>> 0;
}
