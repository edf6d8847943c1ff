/** From what a person calls a record on the command line, its name or its id, to the record. */
import type { GuildhallClient } from "#shared/contract/index.ts";
import type { Reference } from "#shared/contract/record-shapes.ts";
import { type RecordId, recordIdSchema } from "#shared/domain/ids.ts";
import { CommandFailure } from "./outcome.ts";

/** The record id that was typed. Fails with `not_found` for what cannot be one. */
export function parseId(text: string): RecordId {
  const id = recordIdSchema.safeParse(text.toLowerCase());
  if (id.success) return id.data;
  throw new CommandFailure(
    "not_found",
    `"${text}" is not the id of a record. Ids have 26 letters and digits; "guildhall list" and "guildhall search" show them.`,
  );
}

/** The record of a type by name or id. Fails when there is none, or more than one of that name. */
export async function findByName(
  client: GuildhallClient,
  type: string,
  nameOrId: string,
): Promise<Reference> {
  const id = recordIdSchema.safeParse(nameOrId.toLowerCase());
  if (id.success) {
    const { title, type: found } = await client.records.get({ id: id.data });
    return { id: id.data, type: found, title };
  }
  const near = await client.records.lookup({ text: nameOrId, types: [type], limit: 50 });
  const wanted = fold(nameOrId);
  const [match, another] = near.filter((record) => fold(record.title) === wanted);
  const label = type.replaceAll("_", " ");
  if (match === undefined) {
    const names = near.slice(0, 5).map((record) => record.title);
    const hint = names.length > 0 ? ` Did you mean ${names.join(", ")}?` : "";
    throw new CommandFailure("not_found", `There is no ${label} called "${nameOrId}".${hint}`);
  }
  if (another !== undefined) {
    throw new CommandFailure(
      "ambiguous",
      `More than one ${label} is called "${nameOrId}". Name it by its id: ${match.id} or ${another.id}.`,
    );
  }
  return match;
}

function fold(name: string): string {
  return name.normalize("NFC").trim().toLocaleLowerCase("en");
}
