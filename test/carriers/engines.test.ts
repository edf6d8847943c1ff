/** Whole engines, asked as a window asks them, on two computers that share through real software. */
import { describe, expect, test } from "vitest";
import { createTestEngine, type TestEngine } from "#test/support/test-engine.ts";
import { until } from "./daemon.ts";
import type { Meeting } from "./meeting.ts";
import { realCarriers, titleOf } from "./real-carriers.ts";

function chosen(app: TestEngine, folder: string): string {
  return app.engine.offerSelection([folder], "Shared").id;
}

/** Both look at their folders, the carrier brings what they did, and time goes on. */
async function round(meeting: Meeting, ...apps: readonly TestEngine[]): Promise<void> {
  for (const app of apps) {
    await app.client.sharing.sync({});
    app.clock.advance(20_000);
  }
  await meeting.settled();
}

for (const carrier of realCarriers) {
  describe.skipIf(carrier.missing !== undefined)(titleOf(carrier), () => {
    test("carries an invitation, a newcomer, records, a conflict and an attachment", async () => {
      await using meeting = await carrier.start();
      await using ana = await createTestEngine({ seed: 1 });
      await using ben = await createTestEngine({ seed: 2, start: false });
      const [there, here] = meeting.places;
      const { library } = await ana.client.sharing.create({ selection: chosen(ana, there) });
      const lesson = await ana.client.records.create({
        type: "lesson",
        fields: { title: "Say what you want" },
        body: "Plainly – naïve ✓.\n",
      });
      const bytes = Buffer.from("the content of a file").toString("base64");
      const { hash } = await ana.client.attachments.add({
        record: lesson.id,
        name: "notes.txt",
        bytes,
      });
      const { code } = await ana.client.sharing.invite({ role: "member" });
      await round(meeting, ana);
      await until("the library has come", async () => {
        const { kind } = await ben.client.sharing.look({ selection: chosen(ben, here) });
        return kind === "library";
      });
      await ben.client.sharing.join({ selection: chosen(ben, here), code, name: "Ben" });
      await until("Ben is in and has the record", async () => {
        await round(meeting, ben, ana);
        const { state } = await ben.client.sharing.state({});
        if (state !== "sharing") return false;
        const { total } = await ben.client.records.list({ type: "lesson" });
        return total === 1;
      });
      expect(await ben.client.sharing.state({})).toMatchObject({ library, problem: null });
      expect(await ben.client.records.get({ id: lesson.id })).toMatchObject({
        title: "Say what you want",
        body: "Plainly – naïve ✓.\n",
      });
      const opened = await ben.engine.readAttachment(hash);
      expect(Buffer.from(opened?.bytes ?? []).toString()).toBe("the content of a file");

      const own = await ben.client.records.create({ type: "lesson", fields: { title: "One" } });
      await until("Ana has it", async () => {
        await round(meeting, ben, ana);
        const { total } = await ana.client.records.list({ type: "lesson" });
        return total === 2;
      });
      const { version } = await ana.client.records.get({ id: own.id });
      await ana.client.records.edit({ id: own.id, base: version, fields: { title: "Ana's" } });
      await ben.client.records.edit({ id: own.id, base: version, fields: { title: "Ben's" } });
      await until("both see that there are two values", async () => {
        await round(meeting, ana, ben);
        const states = [await ana.client.sharing.state({}), await ben.client.sharing.state({})];
        return states.every(({ conflicts }) => conflicts === 1);
      });
      const { conflicts } = await ana.client.records.get({ id: own.id });
      const choice = conflicts[0]?.values.find(({ value }) => value === "Ben's");
      expect(conflicts[0]?.values.map(({ value }) => value).toSorted()).toEqual(["Ana's", "Ben's"]);
      await ana.client.sharing.resolve({
        id: own.id,
        path: "title",
        change: choice?.change ?? version[0]!,
      });
      await until("both have the one that was chosen", async () => {
        await round(meeting, ana, ben);
        const records = [ana, ben].map((app) => app.client.records.get({ id: own.id }));
        return (await Promise.all(records)).every(
          (record) => record.title === "Ben's" && record.conflicts.length === 0,
        );
      });
      expect([...ana.internalErrors, ...ben.internalErrors]).toEqual([]);
    });
  });
}
