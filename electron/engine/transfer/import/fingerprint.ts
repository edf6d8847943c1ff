/**
 * Whether two texts are the same or nearly so. The same: equal hashes of the text without
 * differences in white space. Nearly: MinHash over runs of four words, which estimates the share
 * of runs that both texts have (Broder 1997).
 */
import { createHash } from "node:crypto";

/** Texts shorter than this say too little to be called the same by their words alone. */
const shortest = 40;
const slots = 64;
const rows = 4;
/** From this share on two texts are called near duplicates. */
export const nearEnough = 0.8;
const fewestRuns = 30;

/** Equal for texts that differ in line ends and white space only; null for texts too short to tell. */
export function bodyHash(body: string): string | null {
  const normal = body
    .replace(/^\uFEFF/u, "")
    .replaceAll(/\s+/gu, " ")
    .trim();
  return normal.length < shortest ? null : createHash("sha256").update(normal).digest("hex");
}

/** A text's signature; null for texts with too few words to compare. */
export function sketch(body: string): Uint32Array | null {
  const signature = new Uint32Array(slots).fill(0xffffffff);
  const window = [0, 0, 0, 0];
  let count = 0;
  for (const word of body.matchAll(
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{N}]+/gu,
  )) {
    window[count % 4] = hashWord(word[0]);
    count += 1;
    if (count < 4) continue;
    let run = 0x811c9dc5;
    for (let back = 4; back > 0; back -= 1) run = mix(run ^ (window[(count - back) % 4] ?? 0));
    // One permutation: the high bits choose the slot, the low ones compete for it.
    const slot = run >>> 26;
    const value = mix(run) >>> 0;
    if (value < (signature[slot] ?? 0)) signature[slot] = value;
  }
  return count < fewestRuns + 3 ? null : signature;
}

function hashWord(word: string): number {
  let hash = 0x811c9dc5;
  const folded = word.toLowerCase();
  for (let index = 0; index < folded.length; index += 1) {
    hash = Math.imul(hash ^ folded.charCodeAt(index), 0x01000193);
  }
  return hash;
}

function mix(value: number): number {
  const once = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35);
  return (twice ^ (twice >>> 16)) >>> 0;
}

/** The share of runs that both texts have, from 0 to 1. */
export function likeness(a: Uint32Array, b: Uint32Array): number {
  let same = 0;
  let told = 0;
  for (const [slot, value] of a.entries()) {
    const other = b[slot];
    if (value === 0xffffffff && other === 0xffffffff) continue;
    told += 1;
    if (value === other) same += 1;
  }
  return told === 0 ? 0 : same / told;
}

export type NearIndex<K> = {
  readonly add: (key: K, signature: Uint32Array) => void;
  /** The likest text that was added, if it is near enough. */
  readonly nearest: (signature: Uint32Array) => { readonly key: K; readonly score: number } | null;
};

/** Finds near texts without comparing each with each: they share at least one band of slots. */
export function createNearIndex<K>(): NearIndex<K> {
  const bands = new Map<string, number[]>();
  const entries: { readonly key: K; readonly signature: Uint32Array }[] = [];
  return {
    add: (key, signature) => {
      const number = entries.push({ key, signature }) - 1;
      for (const band of bandsOf(signature)) {
        const others = bands.get(band) ?? [];
        // Boilerplate that very many texts share tells nothing apart.
        if (others.length < 50) bands.set(band, [...others, number]);
      }
    },
    nearest: (signature) => {
      const candidates = new Set(bandsOf(signature).flatMap((band) => bands.get(band) ?? []));
      let best: { readonly key: K; readonly score: number } | null = null;
      for (const number of candidates) {
        const entry = entries[number];
        if (entry === undefined) continue;
        const score = likeness(signature, entry.signature);
        if (score >= nearEnough && score > (best?.score ?? 0)) best = { key: entry.key, score };
      }
      return best;
    },
  };
}

function bandsOf(signature: Uint32Array): readonly string[] {
  const bands: string[] = [];
  for (let start = 0; start < slots; start += rows) {
    bands.push(`${start}:${signature.subarray(start, start + rows).join(",")}`);
  }
  return bands;
}
