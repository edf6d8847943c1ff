import { expect, it } from "vitest";
import { createTestEngine } from "#test/support/test-engine.ts";

it("links in the instruction of a step and in a lesson's story lead on, and back", async () => {
  await using app = await createTestEngine();
  const { client } = app;
  const tool = await client.records.create({ type: "tool", fields: { name: "Inkwell" } });
  const playbook = await client.records.create({
    type: "playbook",
    fields: {
      title: "Answer",
      steps: [{ title: "Draft", instruction_md: "Open [[Inkwell]] and [[Nowhere]]." }],
      fallback_md: "Do it by hand; see [[Inkwell]].",
    },
    body: "No link here.",
  });
  const lesson = await client.records.create({
    type: "lesson",
    fields: { title: "It hung", what_happened: "We followed [[Answer]]." },
  });
  const links = await client.records.links({ id: playbook.id });
  expect(links.targets.map(({ href, record }) => [href, record.id])).toEqual([
    ["Inkwell", tool.id],
  ]);
  expect(links.unresolved).toEqual(["Nowhere"]);
  expect(links.backlinks).toMatchObject([{ id: lesson.id, via: "text" }]);
  const back = await client.records.links({ id: tool.id });
  expect(back.backlinks).toMatchObject([{ id: playbook.id, via: "text" }]);
});
