/**
 * Seeded records of any number for speed tests: words by Zipf's law with realistic lengths, titles of
 * two to seven words, departments, tags, topics and tools. The same seed gives the same records.
 */
import type { ProjectedRecord } from "#engine/projections/projector.ts";
import type { Json } from "#shared/domain/json.ts";
import { newRecordId, type RecordId } from "#shared/domain/ids.ts";
import { testClock } from "./test-clock.ts";

/** What to write as a record, before the log gives it an id. */
export type GeneratedRecord = {
  readonly type: string;
  readonly title: string;
  readonly body: string;
  readonly tags: readonly string[];
  readonly status: string | null;
  /** 0 for the department that was generated first. */
  readonly department: number;
};

export type Corpus = {
  /** The vocabulary, the commonest word first. */
  readonly words: readonly string[];
  readonly record: (index: number) => GeneratedRecord;
};

const departments = 24;
const syllables =
  "ba be bi bo ca ce ci co da de di do fa fe fi fo ga ge go ha he hi la le li lo ma me mi mo na ne ni no pa pe pi po ra re ri ro sa se si so ta te ti to va ve vi vo re con tra per sta ment tion ing".split(
    " ",
  );
const statuses = ["draft", "in_review", "published", "published", "published", "archived"];

/** Words are drawn from `vocabulary` of them; bodies have about `bodyWords` words. */
export function generateCorpus(options: {
  readonly seed: number;
  readonly vocabulary?: number;
  readonly bodyWords?: number;
}): Corpus {
  const { seed, vocabulary = 40_000, bodyWords = 180 } = options;
  const words = makeWords(seed, vocabulary);
  return {
    words,
    record: (index) => {
      const random = randomFrom(seed * 1_000_003 + index);
      const text = (count: number) =>
        Array.from({ length: count }, () => words[zipf(random(), vocabulary)]).join(" ");
      const length = Math.round(bodyWords * (0.3 + 1.4 * random()));
      const paragraphs = Array.from({ length: Math.ceil(length / 45) }, () => `${text(45)}.`);
      return {
        type: random() < 0.6 ? "playbook" : "lesson",
        title: capitalised(text(2 + Math.floor(random() * 6))),
        body: `## ${capitalised(text(4))}\n\n${paragraphs.join("\n\n")}\n`,
        tags: Array.from({ length: Math.floor(random() * 4) }, () => `tag-${zipf(random(), 500)}`),
        status: statuses[Math.floor(random() * statuses.length)] ?? null,
        department: Math.floor(random() * departments),
      };
    },
  };
}

/** The records as projectors see them, departments first; for filling one projection alone. */
export function* generateProjected(corpus: Corpus, count: number): Iterable<ProjectedRecord> {
  const clock = testClock(7);
  const author = newRecordId(clock);
  const homes = Array.from({ length: departments }, () => newRecordId(clock));
  for (const [index, id] of homes.entries()) {
    yield projected({ id, author, type: "department", title: `Department ${index}`, body: "" });
  }
  for (let index = 0; index < count; index += 1) {
    const { department, ...record } = corpus.record(index);
    clock.advance(60_000);
    const at = new Date(clock.now()).toISOString();
    const id = newRecordId(clock);
    const departmentId = homes[department] ?? null;
    yield projected({ id, author, ...record, departmentId, at, fields: { tags: record.tags } });
  }
}

type Projected = {
  readonly id: RecordId;
  readonly author: RecordId;
  readonly type: string;
  readonly title: string;
  readonly body: string;
  readonly status?: string | null;
  readonly departmentId?: RecordId | null;
  readonly at?: string;
  readonly fields?: Readonly<Record<string, Json>>;
};

/** A projected record of its title, body and fields; everything else is plain. */
export function projected(record: Projected): ProjectedRecord {
  const at = record.at ?? "2026-01-05T09:00:00.000Z";
  const headings = [...record.body.matchAll(/^(#{1,6}) (.+)$/gmu)].map((match) => ({
    level: match[1]?.length ?? 1,
    text: match[2] ?? "",
    anchor: "",
  }));
  const text = record.body.replaceAll(/^#{1,6} /gmu, "");
  return {
    id: record.id,
    type: record.type,
    title: record.title,
    status: record.status ?? null,
    departmentId: record.departmentId ?? null,
    ownerId: null,
    createdAt: at,
    updatedAt: at,
    createdBy: record.author,
    updatedBy: record.author,
    removedAt: null,
    revision: 1,
    fields: record.fields ?? {},
    body: record.body,
    contested: () => false,
    extract: () => ({ title: null, headings, links: [], text }),
  };
}

/** Numbers from 0 up to 1, the same for the same seed (Mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The rank of a word: rank r is drawn about 1/r as often as the first. */
export function zipf(random: number, size: number): number {
  return Math.min(size - 1, Math.floor(size ** random) - 1 + Math.floor(random * 3));
}

function makeWords(seed: number, count: number): readonly string[] {
  const random = randomFrom(seed);
  const words = new Set<string>();
  while (words.size < count) {
    // Common words are short, as in real languages.
    const length =
      1 + Math.floor(random() * (words.size < 500 ? 2 : 4)) + (words.size < 60 ? 0 : 1);
    let word = "";
    for (let index = 0; index < length; index += 1) {
      word += syllables[Math.floor(random() * syllables.length)] ?? "";
    }
    words.add(word);
  }
  return [...words];
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
