/**
 * A process that saves one draft after another, to three keys in turn, until it is killed; for tests
 * of crashes. Argument: profile. Prints the number of each save on a line once it has been answered.
 */
import { createDraftHandlers } from "#engine/drafts/draft-handlers.ts";
import { openDatabases } from "#engine/db/open-databases.ts";
import { draftBody } from "./draft-body.ts";

const [profile = ""] = process.argv.slice(2);
const databases = openDatabases(profile);
const handlers = createDraftHandlers({ databases, clock: Date, emit: () => {} });

for (let save = 1; ; save += 1) {
  const draft = { type: "lesson", fields: { title: `Save ${save}` }, body: draftBody(save) };
  await handlers.save({ key: `key-${save % 3}`, ...draft });
  process.stdout.write(`${save}\n`);
}
