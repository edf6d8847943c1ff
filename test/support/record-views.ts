/** Records as the engine would show them, for tests of screens. */
import { type RecordView, recordSchema } from "#shared/contract/record-shapes.ts";
import { recordIdSchema } from "#shared/domain/ids.ts";
import { recordVersionSchema } from "#shared/domain/record-version.ts";

/** A well-formed id from a small number. */
export const idOf = (number: number) => recordIdSchema.parse(number.toString().padStart(26, "0"));

export const mara = { id: idOf(900), type: "person", title: "Mara Example" };
export const care = { id: idOf(800), type: "department", title: "Customer care" };

/** The version of a record that one device wrote, at a revision. */
export const versionAt = (revision: number) =>
  recordVersionSchema.parse(`${"0".repeat(20)}-0-${revision}-000000`);

/** A playbook with a title and nothing else, but for what is given. */
export function recordView(given: Partial<RecordView> = {}): RecordView {
  return recordSchema().parse({
    id: idOf(1),
    type: "playbook",
    title: "Refund disputes",
    department: care,
    owner: mara,
    status: "published",
    summary: "",
    updatedAt: "2026-11-01T10:00:00.000Z",
    updatedBy: mara,
    removedAt: null,
    revision: 3,
    version: versionAt(given.revision ?? 3),
    createdAt: "2026-10-01T10:00:00.000Z",
    createdBy: mara,
    fields: { title: "Refund disputes", department_id: care.id, owner_id: mara.id },
    body: "",
    conflicts: [],
    may: { edit: true, publish: true, remove: true },
    mergedFrom: [],
    references: [mara, care],
    ...given,
  });
}
