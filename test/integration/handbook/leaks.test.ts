/**
 * Nothing of a record that is not published gets into a handbook: not its title, not in a link, a
 * list, the search, an address or a file. Every field of such records holds a word of its own, and
 * published records point at them in every way there is.
 */
import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Field } from "#shared/domain/field.ts";
import type { Json } from "#shared/domain/json.ts";
import { recordTypeOf } from "#shared/domain/record-types.ts";
import { exportHandbook, filesBelow } from "#test/support/handbook-export.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { createTestEngine, type TestEngine } from "#test/support/test-engine.ts";
import { onePixel } from "#test/support/write-tree.ts";

/** Words that stand for themselves in any analyser, slug or fold. */
function canaries() {
  let count = 0;
  return () => `zqx${(count += 1)}canary`;
}

function filled(field: Field, word: () => string): Json | undefined {
  switch (field.kind) {
    case "line":
    case "markdown":
      return word();
    case "url":
      return `https://example.com/${word()}`;
    case "tags":
    case "lines":
      return [word(), word()];
    case "object":
      return { note: word() };
    case "group":
      return filledFields(field.fields, word);
    case "list":
      return [filledFields(field.fields, word)];
    case "attachments":
    case "reference":
    case "references":
    case "date":
    case "flag":
    case "number":
    case "choice":
    case "choices":
      return undefined;
  }
}

function filledFields(fields: Readonly<Record<string, Field>>, word: () => string) {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, field]) => {
      const value = filled(field, word);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

type Hidden = { readonly id: string; readonly title: string };
type Fate = "status" | "trash";

async function hide(
  app: TestEngine,
  kind: { readonly type: string; readonly status: string; readonly fate: Fate },
  word: () => string,
): Promise<Hidden> {
  const fields = recordTypeOf(kind.type)?.fields ?? {};
  const declared = Object.entries(fields).filter(
    ([name, field]) => field.readOnly !== true && name !== "body",
  );
  const title = `Plan ${word()} for ${word()}`;
  const picture = Buffer.concat([onePixel, Buffer.from(word())]);
  const held = await app.client.attachments.add({
    name: `${word()}.png`,
    bytes: picture.toString("base64"),
  });
  const { id } = await app.client.records.create({
    type: kind.type,
    fields: {
      ...filledFields(Object.fromEntries(declared), word),
      [recordTypeOf(kind.type)?.titleField ?? "title"]: title,
      ...("aliases" in fields ? { aliases: [word(), `old/${word()}`] } : {}),
      ...(kind.status === "" ? {} : { status: kind.status }),
    },
    body: `# ${word()}\n\nWords ${word()} with **${word()}** and ![${word()}](${held.href}).`,
  });
  return { id, title };
}

const kinds = [
  { type: "playbook", status: "draft", fate: "status" },
  { type: "playbook", status: "in_review", fate: "status" },
  { type: "playbook", status: "superseded", fate: "status" },
  { type: "playbook", status: "archived", fate: "status" },
  { type: "playbook", status: "published", fate: "trash" },
  { type: "lesson", status: "draft", fate: "status" },
  { type: "lesson", status: "in_review", fate: "status" },
  { type: "lesson", status: "validated", fate: "status" },
  { type: "lesson", status: "retired", fate: "status" },
  { type: "lesson", status: "applied", fate: "trash" },
  { type: "request", status: "open", fate: "status" },
  { type: "department", status: "", fate: "trash" },
  { type: "topic", status: "", fate: "trash" },
  { type: "tool", status: "", fate: "trash" },
  { type: "person", status: "", fate: "trash" },
] as const;

/** Every way to point at a record from a text. */
const mentions: readonly ((hidden: Hidden) => string)[] = [
  ({ title }) => `[[${title}]]`,
  ({ title }) => `[[${title}#part]]`,
  ({ title }) => `[[${title}|a word for it]]`,
  ({ title, id }) => `[${title}](guildhall://item/${id})`,
  ({ title, id }) => `[*see* **${title.toUpperCase()}**, please](/item/${id}#part)`,
  ({ id }) => `[](guildhall://item/${id})`,
  ({ id }) => `<guildhall://item/${id}>`,
  ({ id }) => `[that one][ref]\n\n[ref]: guildhall://item/${id} "about it"`,
];

test("a record that is not published leaves no trace in the files of a handbook", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 1_000_000 }),
      fc.shuffledSubarray([...kinds], { minLength: 5 }),
      fc.array(fc.constantFrom(...mentions), { minLength: 2, maxLength: 8 }),
      async (seed, chosen, ways) => {
        await using app = await createTestEngine({ seed });
        using folder = temporaryFolder();
        const word = canaries();
        const hidden: (Hidden & { readonly type: string; readonly fate: Fate })[] = [];
        for (const kind of chosen) {
          hidden.push({ ...(await hide(app, kind, word)), ...kind });
        }
        await app.client.drafts.save({
          key: "new-playbook",
          type: "playbook",
          fields: { title: word() },
          body: word(),
        });
        const of = (type: string) => hidden.filter((one) => one.type === type).map(({ id }) => id);
        const text = hidden.flatMap((one) => ways.map((way) => way(one))).join("\n\n");
        const { id: page } = await app.client.records.create({
          type: "playbook",
          fields: {
            title: "A page for everybody",
            status: "published",
            department_id: of("department")[0] ?? null,
            owner_id: of("person")[0] ?? null,
            topics: of("topic"),
            tools: of("tool"),
            relations: hidden.map(({ id }) => ({ kind: "see_also", target_id: id })),
            steps: [{ title: "Look", instruction_md: text }],
            verification: { verified_at: "2026-01-02", verified_by: of("person")[0] ?? null },
          },
          body: text,
        });
        for (const { id, fate } of hidden) {
          // They point back: no page may say so.
          const { body } = await app.client.records.get({ id });
          await app.client.records.edit({ id, body: `${body} [back](/item/${page})` });
          if (fate === "trash") await app.client.records.remove({ ids: [id] });
        }
        const { pages } = await exportHandbook(app, folder.path);
        expect(pages).toBe(1);
        for (const [file, bytes] of filesBelow(folder.path)) {
          expect(file).not.toMatch(/canary/iu);
          expect(bytes.toString("latin1").match(/zqx\d+canary/giu) ?? [], file).toEqual([]);
          for (const { id } of hidden) {
            expect(bytes.includes(id), `${file} names ${id}`).toBe(false);
            expect(bytes.includes(id.slice(-8)), `${file} names the end of ${id}`).toBe(false);
          }
        }
        expect(
          [...filesBelow(folder.path).keys()].filter((file) => file.startsWith("files/")),
        ).toEqual([]);
      },
    ),
    { seed: 20261122, numRuns: 12 },
  );
}, 120_000);

test("a record that is taken back leaves no trace after the next export, its picture neither", async () => {
  await using app = await createTestEngine();
  using folder = temporaryFolder();
  const picture = Buffer.concat([onePixel, Buffer.from("zqx1canary")]);
  const held = await app.client.attachments.add({
    name: "picture.png",
    bytes: picture.toString("base64"),
  });
  const { id } = await app.client.records.create({
    type: "playbook",
    fields: { title: "Plan zqx2canary", status: "published", tags: ["zqx3canary"] },
    body: `Words zqx4canary and ![zqx5canary](${held.href})`,
  });
  await app.client.records.create({
    type: "lesson",
    fields: { title: "What we learned", status: "published" },
    body: "See [[Plan zqx2canary]].",
  });
  expect(await exportHandbook(app, folder.path)).toMatchObject({ pages: 2 });
  const all = () => Buffer.concat([...filesBelow(folder.path).values()]).toString("latin1");
  for (const number of [1, 2, 3, 4, 5]) expect(all()).toContain(`zqx${number}canary`);
  const stored = createHash("sha256").update(picture).digest("hex").slice(0, 32);
  expect([...filesBelow(folder.path).keys()]).toContain(`files/${stored}.png`);
  await app.client.records.edit({ id, fields: { status: "archived" } });
  const report = await exportHandbook(app, folder.path);
  expect(report).toMatchObject({ pages: 1, skipped: [] });
  expect(report.removed).toBeGreaterThan(3);
  expect(all()).not.toMatch(/zqx\d+canary/u);
  expect([...filesBelow(folder.path).keys()].filter((file) => /canary|^files/u.test(file))).toEqual(
    [],
  );
});

test("a lesson that is anonymous to readers names nobody", async () => {
  await using app = await createTestEngine();
  using folder = temporaryFolder();
  const person = await app.client.records.create({
    type: "person",
    fields: { display_name: "Zqx Canary" },
  });
  const fields = {
    owner_id: person.id,
    status: "published",
    verification: { verified_at: "2026-01-02", verified_by: person.id },
    action_items: [{ text: "Tell everybody", owner: person.id }],
  };
  await app.client.records.create({
    type: "lesson",
    fields: { ...fields, title: "Told by somebody", attribution: "anonymous" },
  });
  await exportHandbook(app, folder.path);
  const all = () => Buffer.concat([...filesBelow(folder.path).values()]).toString("latin1");
  expect(all()).toContain("Tell everybody");
  expect(all()).not.toContain("Zqx Canary");
  await app.client.records.create({
    type: "lesson",
    fields: { ...fields, title: "Told by her", attribution: "named" },
  });
  await exportHandbook(app, folder.path);
  expect(all()).toContain("Kept by Zqx Canary");
});
