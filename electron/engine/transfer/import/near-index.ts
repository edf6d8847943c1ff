/**
 * Finds near texts without comparing each with each: near ones share at least one band of slots. All
 * of it lies in flat arrays, some 450 bytes a text, so that 100,000 texts fit beside everything else.
 */
import { mix, nearEnough, rows, slots } from "./fingerprint.ts";

export type NearIndex<K> = {
  readonly add: (key: K, signature: Uint32Array) => void;
  /** The likest text that was added, if it is near enough. */
  readonly nearest: (signature: Uint32Array) => Near<K> | null;
};

type Near<K> = { readonly key: K; readonly score: number };

const bands = slots / rows;
/** Texts in one segment: the index grows by segments, so that nothing has to be sorted in anew. */
const segmentSize = 8192;
/** Buckets of one band; each band has its own, so that a chain never leaves its band. */
const buckets = 2 * segmentSize;
/** Boilerplate that very many texts share tells nothing apart: no chain is followed further. */
const longestChain = 50;

type Segment<K> = {
  readonly keys: K[];
  readonly signatures: Uint32Array;
  /** The newest text of each bucket, and for each text and band the one before it; 0 for none. */
  readonly newest: Int32Array;
  readonly before: Int32Array;
};

/** An empty index. */
export function createNearIndex<K>(): NearIndex<K> {
  const segments: Segment<K>[] = [];
  return {
    add: (key, signature) => {
      let segment = segments.at(-1);
      if (segment === undefined || segment.keys.length === segmentSize) {
        segment = emptySegment();
        segments.push(segment);
      }
      addTo(segment, key, signature);
    },
    nearest: (signature) => {
      const hashes = bandsOf(signature);
      let best: Near<K> | null = null;
      for (const segment of segments) {
        const near = nearestIn(segment, signature, hashes);
        if (near !== null && near.score > (best?.score ?? 0)) best = near;
      }
      return best;
    },
  };
}

function emptySegment<K>(): Segment<K> {
  return {
    keys: [],
    signatures: new Uint32Array(segmentSize * slots),
    newest: new Int32Array(buckets * bands),
    before: new Int32Array(segmentSize * bands),
  };
}

function addTo<K>(segment: Segment<K>, key: K, signature: Uint32Array): void {
  const { keys, signatures, newest, before } = segment;
  const number = keys.push(key);
  signatures.set(signature, (number - 1) * slots);
  for (const [band, hash] of bandsOf(signature).entries()) {
    const bucket = band * buckets + (hash % buckets);
    before[(number - 1) * bands + band] = newest[bucket] ?? 0;
    newest[bucket] = number;
  }
}

function nearestIn<K>(
  { keys, signatures, newest, before }: Segment<K>,
  signature: Uint32Array,
  hashes: readonly number[],
): Near<K> | null {
  const seen = new Set<number>();
  let best: Near<K> | null = null;
  for (const [band, hash] of hashes.entries()) {
    let number = newest[band * buckets + (hash % buckets)] ?? 0;
    for (let step = 0; number !== 0 && step < longestChain; step += 1) {
      const key = keys[number - 1];
      if (!seen.has(number) && key !== undefined) {
        seen.add(number);
        const score = likeness(signature, signatures, (number - 1) * slots);
        if (score >= nearEnough && score > (best?.score ?? 0)) best = { key, score };
      }
      number = before[(number - 1) * bands + band] ?? 0;
    }
  }
  return best;
}

/** The share of runs that both texts have, from 0 to 1; the other's signature begins at `from`. */
function likeness(one: Uint32Array, others: Uint32Array, from: number): number {
  let same = 0;
  let told = 0;
  for (let slot = 0; slot < slots; slot += 1) {
    const value = one[slot];
    const other = others[from + slot];
    if (value === 0xffffffff && other === 0xffffffff) continue;
    told += 1;
    if (value === other) same += 1;
  }
  return told === 0 ? 0 : same / told;
}

function bandsOf(signature: Uint32Array): readonly number[] {
  const hashes: number[] = [];
  for (let start = 0; start < slots; start += rows) {
    let hash = mix(start + 1);
    for (let slot = start; slot < start + rows; slot += 1)
      hash = mix(hash ^ (signature[slot] ?? 0));
    hashes.push(hash);
  }
  return hashes;
}
