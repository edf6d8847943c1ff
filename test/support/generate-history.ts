/**
 * A seeded history of many records, written straight into the log: each is made once and then edited
 * over and over, now its title, now a field, its tags or some words of its text. Nothing is projected,
 * so it is there quickly and a rebuild has all of it to fold.
 */
import type { Databases } from "#engine/db/database.ts";
import { textHash } from "#engine/records/text-versions.ts";
import type { ChangeDraft, ChangeLog } from "#engine/log/change-log.ts";
import { type Write } from "#shared/domain/change.ts";
import { type ChangeId, type IdSource, newRecordId, type RecordId } from "#shared/domain/ids.ts";
import { applyEdits, type TextEdits } from "#shared/domain/text-edits.ts";
import { type Corpus, randomFrom } from "./generate-corpus.ts";

type Options = {
  readonly databases: Pick<Databases, "queue">;
  readonly log: Pick<ChangeLog, "append">;
  readonly clock: IdSource;
  readonly corpus: Corpus;
  readonly records: number;
  /** How many changes each record has, the one that makes it included. */
  readonly changes: number;
};

type Growing = {
  readonly id: RecordId;
  readonly type: string;
  /** The last change to each path. */
  readonly last: Map<string, ChangeId>;
  body: string;
};

const perTransaction = 1000;

/** Writes the history, all records' second changes after all their first ones, and so on. */
export async function writeHistory(options: Options): Promise<void> {
  const { databases, log, clock, corpus, records, changes } = options;
  const random = randomFrom(records);
  const growing = Array.from({ length: records }, (_, index): Growing => {
    const { type } = corpus.record(index);
    return { id: newRecordId(clock), type, last: new Map(), body: "" };
  });
  for (let round = 0; round < changes; round += 1) {
    for (let from = 0; from < records; from += perTransaction) {
      const some = growing.slice(from, from + perTransaction);
      const action = newRecordId(clock);
      const drafts = some.map((record, index): ChangeDraft => {
        const writes =
          round === 0
            ? creation(record, corpus.record(from + index))
            : [edit(record, { random, words: corpus.words })];
        return { record: record.id, type: record.type, action, writes };
      });
      const written = await databases.queue.run((db) => log.append(db, drafts));
      for (const [index, change] of written.entries()) {
        for (const { path } of change.writes) some[index]?.last.set(path, change.id);
      }
    }
  }
}

function creation(record: Growing, given: ReturnType<Corpus["record"]>): Write[] {
  record.body = given.body;
  return [
    { kind: "set", path: "title", value: given.title, after: [] },
    { kind: "set", path: "status", value: given.status, after: [] },
    { kind: "members", path: "tags", add: [...given.tags], remove: [] },
    { kind: "text", path: "body", full: given.body, hash: hashOf(given.body), after: [] },
  ];
}

type Chance = { readonly random: () => number; readonly words: readonly string[] };

function edit(record: Growing, { random, words }: Chance): Write {
  const word = () => words[Math.floor(random() * words.length)] ?? "";
  const after = (path: string) => {
    const last = record.last.get(path);
    return last === undefined ? [] : [last];
  };
  const kind = random();
  if (kind < 0.15) {
    const title = `${word()} ${word()} ${word()}`;
    return { kind: "set", path: "title", value: title, after: after("title") };
  }
  if (kind < 0.3) {
    const summary = Array.from({ length: 12 }, word).join(" ");
    return { kind: "set", path: "summary", value: summary, after: after("summary") };
  }
  if (kind < 0.4) return { kind: "members", path: "tags", add: [word()], remove: [] };
  const edits = someWords(record.body, { random, words });
  record.body = applyEdits(record.body, edits) ?? record.body;
  return { kind: "text", path: "body", edits, hash: hashOf(record.body), after: after("body") };
}

/** One word of the text replaced by two others. */
function someWords(body: string, { random, words }: Chance): TextEdits {
  const start = body.indexOf(" ", Math.floor(random() * body.length * 0.8)) + 1;
  const end = Math.max(start, body.indexOf(" ", start));
  const put = [random(), random()].map((share) => words[Math.floor(share * words.length)]);
  return [[start, end - start, put.join(" ")]];
}

function hashOf(text: string): string {
  return textHash(text);
}
