/**
 * A seeded library of many devices as the segments that lie in its folder: records are made once and
 * then edited over and over by now this device, now that, each edit with knowledge of the ones before.
 */
import { nodeCryptography } from "#engine/identity/cryptography.ts";
import { nextChain } from "#engine/log/chain.ts";
import { textHash } from "#engine/records/text-versions.ts";
import { type ChangeId, changeIdAt, newRecordId, type RecordId } from "#shared/domain/ids.ts";
import { canonicalJson, type Json } from "#shared/domain/json.ts";
import { applyEdits, type TextEdits } from "#shared/domain/text-edits.ts";
import { generateCorpus, randomFrom } from "./generate-corpus.ts";
import { type SampleDevice, sampleDevice, sampleSegment } from "./format-samples.ts";
import { testClock } from "./test-clock.ts";

type Options = {
  readonly library: RecordId;
  readonly devices: number;
  readonly records: number;
  readonly changes: number;
  /** How many changes a segment holds at most. */
  readonly perSegment: number;
};

type Stream = {
  readonly device: SampleDevice;
  readonly author: RecordId;
  bodies: string[];
  /** The first change of `bodies`, and the chain before it. */
  first: number;
  prev: Uint8Array;
  sequence: number;
  chain: Uint8Array;
};

type Growing = {
  readonly id: RecordId;
  readonly type: string;
  /** The last change to each path. */
  readonly last: Map<string, ChangeId>;
  body: string;
};

/** The segments in the order in which they were written. */
export function* generateLibrary(options: Options): Iterable<Uint8Array> {
  const { library, devices, records, changes, perSegment } = options;
  const clock = testClock(5);
  const random = randomFrom(5);
  const corpus = generateCorpus({ seed: 5, bodyWords: 120 });
  const streams = Array.from({ length: devices }, (_, index): Stream => {
    const start = { bodies: [], first: 1, sequence: 0 };
    const prev = new Uint8Array(32);
    return {
      device: sampleDevice(index + 1),
      author: newRecordId(clock),
      ...start,
      prev,
      chain: prev,
    };
  });
  const growing: Growing[] = [];
  const every = changes / records;
  for (let done = 0; done < changes; done += 1) {
    const stream = streams[Math.floor(random() * streams.length)]!;
    let writes: Json[];
    let record = growing[Math.floor(random() * growing.length)];
    clock.advance(1 + Math.floor(random() * 60_000));
    if (record === undefined || growing.length * every <= done) {
      const made = corpus.record(growing.length);
      record = { id: newRecordId(clock), type: made.type, last: new Map(), body: made.body };
      growing.push(record);
      writes = creation(made);
    } else writes = [edit(record, { random, words: corpus.words })];
    const id = append(stream, { record, writes, at: clock.now() });
    for (const write of writes) record.last.set((write as { path: string }).path, id);
    if (stream.bodies.length >= perSegment) yield seal(stream, library);
  }
  for (const stream of streams) if (stream.bodies.length > 0) yield seal(stream, library);
}

type Appended = { readonly record: Growing; readonly writes: readonly Json[]; readonly at: number };

function append(stream: Stream, { record, writes, at }: Appended): ChangeId {
  stream.sequence += 1;
  const place = { device: stream.device.id, incarnation: 7, sequence: stream.sequence };
  const body = canonicalJson({
    ...place,
    v: 1,
    at: `${at.toString(16).padStart(11, "0")}-0000`,
    author: stream.author,
    record: record.id,
    type: record.type,
    writes,
  });
  stream.chain = nextChain(nodeCryptography, stream.chain, body);
  stream.bodies.push(body);
  return changeIdAt(place, stream.chain);
}

function seal(stream: Stream, library: RecordId): Uint8Array {
  const { device, bodies, first, prev } = stream;
  const bytes = sampleSegment(device, { library, first, prev, bodies });
  stream.first = stream.sequence + 1;
  stream.prev = stream.chain;
  stream.bodies = [];
  return bytes;
}

function creation(made: { title: string; body: string; tags: readonly string[] }): Json[] {
  return [
    { kind: "set", path: "title", value: made.title, after: [] },
    { kind: "set", path: "status", value: "draft", after: [] },
    { kind: "members", path: "tags", add: [...made.tags], remove: [] },
    { kind: "text", path: "body", full: made.body, hash: textHash(made.body), after: [] },
  ];
}

type Chance = { readonly random: () => number; readonly words: readonly string[] };

function edit(record: Growing, { random, words }: Chance): Json {
  const word = () => words[Math.floor(random() * words.length)] ?? "";
  const after = (path: string) => {
    const last = record.last.get(path);
    return last === undefined ? [] : [last];
  };
  const kind = random();
  if (kind < 0.25) {
    const value = `${word()} ${word()} ${word()}`;
    return { kind: "set", path: "title", value, after: after("title") };
  }
  if (kind < 0.5) {
    const value = random() < 0.5 ? "draft" : "in_review";
    return { kind: "set", path: "status", value, after: after("status") };
  }
  if (kind < 0.6) return { kind: "members", path: "tags", add: [word()], remove: [] };
  const edits = someWords(record.body, { random, words });
  record.body = applyEdits(record.body, edits) ?? record.body;
  return {
    kind: "text",
    path: "body",
    edits: edits.map((run) => [...run]),
    hash: textHash(record.body),
    after: after("body"),
  };
}

/** One word of the text replaced by two others. */
function someWords(body: string, { random, words }: Chance): TextEdits {
  const start = body.indexOf(" ", Math.floor(random() * body.length * 0.8)) + 1;
  const end = Math.max(start, body.indexOf(" ", start));
  const put = [random(), random()].map((share) => words[Math.floor(share * words.length)]);
  return [[start, end - start, put.join(" ")]];
}
