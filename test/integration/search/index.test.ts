import Sqlite from "better-sqlite3";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ProjectedRecord } from "#engine/projections/projector.ts";
import { createSearchProjector } from "#engine/search/index/search-projector.ts";
import { stemsIn } from "#engine/search/synonyms/synonym-tables.ts";
import { createSearchBed, type SearchBed } from "#test/support/search-bed.ts";
import { seeded } from "#test/support/seeded.ts";

function dump(bed: SearchBed): readonly string[] {
  return [...(bed.search.projector.dump?.(bed.databases.read) ?? [])];
}

async function project(bed: SearchBed, records: readonly ProjectedRecord[]): Promise<void> {
  await bed.databases.queue.run((db) => {
    for (const record of records) bed.search.projector.project(db, record);
    for (const _ of bed.search.projector.finish?.(db) ?? []);
  });
}

async function rebuild(bed: SearchBed, records: readonly ProjectedRecord[]): Promise<void> {
  await bed.databases.queue.run((db) => {
    bed.search.projector.clear(db);
    for (const record of records) bed.search.projector.project(db, record);
    for (const _ of bed.search.projector.finish?.(db) ?? []);
  });
}

describe("the index", () => {
  test("follows a record through every change of it", async () => {
    using bed = await createSearchBed();
    const first = bed.record({ title: "Harbour guide", body: "lantern brass" });
    await project(bed, [first]);
    expect(await bed.titles("lantern ")).toEqual(["Harbour guide"]);
    const second = {
      ...first,
      ...bed.record({ title: "Quay guide", body: "compass brass" }),
      id: first.id,
    };
    await project(bed, [second]);
    expect(await bed.titles("lantern ")).toEqual([]);
    expect(await bed.titles('"harbour guide"')).toEqual([]);
    expect(await bed.titles("compass ")).toEqual(["Quay guide"]);
    expect(await bed.titles("brass ")).toEqual(["Quay guide"]);
    expect((await bed.ask.switcher({ text: "harbour" })).length).toBe(0);
  });

  test("forgets what goes to the trash, and finds it again when it is put back", async () => {
    using bed = await createSearchBed();
    const record = bed.record({
      title: "Harbour guide",
      body: "lantern",
      fields: { tags: ["sea"] },
    });
    await project(bed, [record, bed.record({ title: "Another guide" })]);
    await project(bed, [{ ...record, removedAt: "2026-01-06T00:00:00.000Z" }]);
    for (const text of ["lantern ", '"harbour guide"', "tag:sea", "lant"]) {
      expect(await bed.titles(text), text).toEqual([]);
    }
    expect((await bed.ask.query({ text: "" })).total).toBe(1);
    expect(await bed.ask.switcher({ text: "harbour" })).toEqual([]);
    expect(await bed.ask.switcher({ text: "sea", kind: "tags" })).toEqual([]);
    expect(await bed.ask.query({ text: "lanterm " })).toMatchObject({ corrected: null, total: 0 });
    await project(bed, [record]);
    expect(await bed.titles("lantern ")).toEqual(["Harbour guide"]);
    expect(await bed.titles("tag:sea")).toEqual(["Harbour guide"]);
  });

  test("leaves a record that came into the trash unindexed", async () => {
    using bed = await createSearchBed();
    await project(bed, [
      { ...bed.record({ title: "Harbour" }), removedAt: "2026-01-06T00:00:00.000Z" },
    ]);
    expect(await bed.titles("harbour ")).toEqual([]);
    expect(dump(bed)).toEqual(["phrases "]);
  });

  test("is the same after any history of changes as after a rebuild from the last states", async () => {
    const words = fc.constantFrom(
      ..."alpha beta gamma delta running runs 東京 the café policy".split(" "),
      "alpha beta (AB)",
    );
    const text = fc.array(words, { maxLength: 8 }).map((all) => all.join(" "));
    const change = fc.record({
      slot: fc.nat(6),
      title: text,
      body: text,
      tags: fc.array(words, { maxLength: 2 }),
      removed: fc.boolean(),
      commit: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 25 }), async (changes) => {
        using bed = await createSearchBed();
        const slots = Array.from({ length: 7 }, () => bed.newId());
        const states = new Map<string, ProjectedRecord>();
        let waiting: ProjectedRecord[] = [];
        for (const { slot, title, body, tags, removed, commit } of changes) {
          const removedAt = removed ? "2026-01-06T00:00:00.000Z" : null;
          // One of them is a term, whose words stand for each other.
          const type = slot === 6 ? "vocabulary_term" : "playbook";
          const parts = { type, title, body, fields: { tags, synonyms: tags }, removedAt };
          const record = { ...bed.record(parts), id: slots[slot] ?? bed.newId() };
          states.set(record.id, record);
          waiting.push(record);
          if (!commit) continue;
          await project(bed, waiting);
          await bed.ask.query({ text: "alpha" });
          waiting = [];
        }
        await project(bed, waiting);
        const followed = dump(bed);
        const answers = async () => {
          const all = [];
          for (const text of ["alpha", "runs ", '"beta gamma"', "東京", "policy -beta ", "ab "]) {
            const { total, hits } = await bed.ask.query({ text });
            all.push([text, total, hits.map(({ id }) => id).toSorted()]);
          }
          return all;
        };
        const before = await answers();
        await rebuild(bed, [...states.values()].toReversed());
        expect(dump(bed).toSorted()).toEqual(followed.toSorted());
        expect(await answers()).toEqual(before);
      }),
      seeded(31, 25),
    );
  });

  test("holds nothing of a transaction that was rolled back", async () => {
    using bed = await createSearchBed();
    const kept = bed.record({ title: "Kept page", body: "lantern" });
    await project(bed, [kept]);
    const before = dump(bed);
    const lost = bed.record({ title: "Lost page", body: "compass" });
    const failing = bed.databases.queue.run((db) => {
      bed.search.projector.project(db, lost);
      throw new Error("disk full");
    });
    await expect(failing).rejects.toThrow("disk full");
    await project(bed, [kept]);
    expect(dump(bed)).toEqual(before);
    await project(bed, [bed.record({ title: "Next page", body: "anchor" })]);
    expect(await bed.titles("compass ")).toEqual([]);
    expect(await bed.titles("page ")).toHaveLength(2);
  });

  test("finds phrases whoever met their words first, and after a transaction was rolled back", async () => {
    const words = "run runs running 東 page pages café cafe the".split(" ");
    const writing = fc.record({
      words: fc.array(fc.constantFrom(...words), { minLength: 2, maxLength: 5 }),
      elsewhere: fc.boolean(),
      fails: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(writing, { minLength: 1, maxLength: 12 }), async (writings) => {
        using bed = await createSearchBed();
        const elsewhere = createSearchProjector();
        const texts: string[] = [];
        for (const one of writings) {
          const body = one.words.join(" ");
          const writer = one.elsewhere ? elsewhere : bed.search.projector;
          const written = bed.databases.queue.run((db) => {
            writer.project(db, bed.record({ title: body, body }));
            if (one.fails) throw new Error("disk full");
            for (const _ of writer.finish?.(db) ?? []);
            texts.push(stemsIn(body));
          });
          if (one.fails) await expect(written).rejects.toThrow("disk full");
          else await written;
        }
        for (const phrase of words.flatMap((first) => words.map((next) => `${first} ${next}`))) {
          const { total } = await bed.ask.query({ text: `"${phrase}"` });
          const having = texts.filter((text) => ` ${text} `.includes(` ${stemsIn(phrase)} `));
          // Nothing that was found is nothing that was corrected, too.
          if (having.length > 0) expect(total, phrase).toBe(having.length);
        }
      }),
      seeded(32, 25),
    );
  });

  test("serves two databases at once without mixing them up", async () => {
    using bed = await createSearchBed();
    using other = await createSearchBed();
    const here = bed.record({ title: "Here" });
    await bed.databases.queue.run(async (db) => {
      bed.search.projector.project(db, here);
      await other.databases.queue.run((fresh) => {
        bed.search.projector.project(fresh, bed.record({ title: "There" }));
        for (const _ of bed.search.projector.finish?.(fresh) ?? []);
      });
      for (const _ of bed.search.projector.finish?.(db) ?? []);
    });
    expect(await bed.titles("here ")).toEqual(["Here"]);
    expect(await bed.titles("there ")).toEqual([]);
    expect(await other.titles("there ")).toEqual(["There"]);
  });

  test("finds the words of a type that only a newer version knows", async () => {
    using bed = await createSearchBed();
    await bed.put({
      type: "holo_memo",
      title: "Memo",
      fields: { scent: "lavender", notes: [{ x: "cedar" }] },
    });
    expect(await bed.titles("lavender ")).toEqual(["Memo"]);
    expect(await bed.titles("cedar type:holo_memo")).toEqual(["Memo"]);
  });

  test("agrees with the full-text index of SQLite on which records have a word", async () => {
    using bed = await createSearchBed();
    const words = "amber birch cedar dune ember fjord grove".split(" ");
    const records = Array.from({ length: 5000 }, (_, index) => ({
      title: `Page ${index}`,
      body: words.filter((_word, bit) => (index * 2_654_435_761) % (bit + 3) === 0).join(" "),
    }));
    await bed.put(...records);
    const plain = new Sqlite(":memory:");
    plain.exec("CREATE VIRTUAL TABLE page USING fts5 (body)");
    const insert = plain.prepare("INSERT INTO page (body) VALUES (?)");
    for (const { body } of records) insert.run(body);
    for (const word of words) {
      const rows = plain
        .prepare<[string], { count: number }>(
          "SELECT count(*) AS count FROM page WHERE page MATCH ?",
        )
        .get(word);
      expect((await bed.ask.query({ text: `${word} ` })).total, word).toBe(rows?.count);
    }
    plain.close();
  });
});
