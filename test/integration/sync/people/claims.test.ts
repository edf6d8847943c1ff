/** Who made a record stays who made it, whatever the clocks say and whoever claims it. */
import { describe, expect, it } from "vitest";
import { recordIdSchema } from "#shared/domain/ids.ts";
import { comeIn, createPeopleBed, foundLibrary } from "#test/support/people-bed.ts";

const hour = 60 * 60 * 1000;

describe("a record's maker", () => {
  it("is not the colleague with a slow clock who was the first to fill in a field", async () => {
    await using bed = createPeopleBed();
    const { ana } = await foundLibrary(bed);
    const [ben, cleo] = [await bed.device(), await bed.device()];
    await comeIn(bed, ana, ben);
    await comeIn(bed, ana, cleo, { role: "steward", name: "Cleo" });
    const id = ben.store.newId();
    await ben.store.write([{ id, type: "playbook", fields: { title: "Refunds" } }]);
    await bed.meet();
    cleo.clock.advance(-2 * hour);
    await cleo.store.write([{ id, type: "playbook", fields: { summary: "When to refund" } }]);
    await bed.meet();
    await ben.store.write([{ id, type: "playbook", fields: { title: "Refunds, kindly" } }]);
    await bed.meet();
    for (const device of [ana, ben, cleo]) {
      const record = device.store.get(id);
      expect(record?.createdBy?.title).toBe("Ben");
      expect(record?.title).toBe("Refunds, kindly");
      expect(record?.fields["summary"]).toBe("When to refund");
    }
  });

  it("is nobody who says afterwards, with a false clock, to have been there first", async () => {
    await using bed = createPeopleBed();
    const { ana } = await foundLibrary(bed);
    const [ben, thief] = [await bed.device(), await bed.device()];
    await comeIn(bed, ana, ben);
    await comeIn(bed, ana, thief, { name: "Thief" });
    const id = ben.store.newId();
    bed.advance(60_000);
    await ben.store.write([{ id, type: "playbook", fields: { title: "Refunds" } }]);
    await bed.meet();
    // A copy of the app that never saw the record writes it as a new one, dated to its id.
    await thief.databases.queue.run((db) => {
      for (const table of ["record", "record_text", "text_version", "tag", "reference"]) {
        db.exec(`DELETE FROM ${table}`);
      }
      db.exec("DELETE FROM clock");
    });
    thief.clock.advance(-70_000);
    await thief.lawless.write([{ id, type: "playbook", fields: { title: "Mine" } }]);
    await thief.lawless.write([{ id, type: "playbook", fields: { summary: "All mine" } }]);
    thief.clock.advance(70_000);
    await bed.meet();
    await ben.store.write([{ id, type: "playbook", fields: { title: "Refunds, kindly" } }]);
    await bed.meet();
    for (const device of [ana, ben]) {
      const record = device.store.get(recordIdSchema.parse(id));
      expect(record?.createdBy?.title).toBe("Ben");
      expect(record?.title).toBe("Refunds, kindly");
      expect(record?.fields["summary"]).toBeUndefined();
    }
  });
});
