import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createPostingReader } from "#engine/search/index/posting-reader.ts";
import { createSearchBed } from "#test/support/search-bed.ts";
import { seeded } from "#test/support/seeded.ts";

const words = ["lantern", "brass", "harbour", "ledger", "quill"];
const text = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 4 });
/** A change of one record, one that takes words away from another, or many that make a run. */
const change = fc.record({ text, at: fc.nat(3), many: fc.integer({ min: 0, max: 9 }) });

test("a reader that follows changes reads what a new one does", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 8 }), async (changes) => {
      using bed = await createSearchBed();
      const ids = Array.from({ length: 4 }, bed.newId);
      const reader = createPostingReader(bed.databases.read);
      for (const { text, at, many } of changes) {
        const [title, id] = [text.join(" "), ids[at] ?? bed.newId()];
        // More edits than a row may hold.
        const filler = Array.from({ length: 600 }, (_, index) => `w${many}x${index}`).join(" ");
        const others = many < 9 ? [] : Array.from({ length: 10 }, () => ({ title, body: filler }));
        await bed.put({ id, title }, ...others);
        reader.refresh({ cleared: false });
        const fresh = createPostingReader(bed.databases.read);
        fresh.refresh({ cleared: false });
        for (const stem of ["lantern", "brass", "harbour", "ledger", "quill"]) {
          expect(reader.postings(stem)).toEqual(fresh.postings(stem));
          expect(reader.phrase(["brass", stem])).toEqual(fresh.phrase(["brass", stem]));
        }
      }
    }),
    seeded(23, 30),
  );
});
