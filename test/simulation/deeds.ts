/** What people do with records on one device; each deed goes through the engine as a window's would. */
import type { RecordId } from "#shared/domain/ids.ts";
import type { Device } from "./device.ts";
import { headsOf } from "./observe.ts";
import { count, type World } from "./world.ts";

/** In every draft, which is nobody else's business and must never be found in the folder. */
export const secret = "CANARY-of-a-draft";

const opening =
  "Open the case first. Read what the customer wrote. Answer in plain words. Close it after a week.\n";

type Seen = { readonly id: RecordId; readonly type: string };

/** One deed by whoever sits at the device, or none where there is nothing to do it to. */
export async function act(world: World, device: Device): Promise<void> {
  const { random } = world;
  const deed = random.oneOf(deeds) ?? create;
  const record = deed === create ? undefined : recordOn(world, device);
  if (record === undefined) await create(world, device);
  else await deed(world, device, record);
}

type Deed = (world: World, device: Device, record: Seen) => Promise<void>;

async function create(world: World, device: Device): Promise<void> {
  const { random } = world;
  world.serial += 1;
  const type = random.oneOf(["lesson", "lesson", "playbook", "topic"]) ?? "lesson";
  const fields = type === "topic" ? { name: word(world) } : { title: word(world), tags: ["new"] };
  const body = type === "topic" ? {} : { body: opening };
  const answer = await device.ask((app) => app.records.create({ type, fields, ...body }));
  note(world, device, `creates a ${type}: ${answer.kind}`);
  if (answer.kind === "done") world.records.push(answer.value.id);
}

async function setField(world: World, device: Device, { id, type }: Seen): Promise<void> {
  const field =
    type === "topic" ? "name" : (world.random.oneOf(["title", "title", "summary"]) ?? "title");
  await edit(world, device, { id, field });
}

async function edit(
  world: World,
  device: Device,
  { id, field }: { readonly id: RecordId; readonly field: string },
): Promise<void> {
  const before = await device.ask((app) => app.records.get({ id }));
  if (before.kind !== "done") return;
  const { version: base } = before.value;
  const seen = device.look((db) => headsOf(db, id, field));
  const value = word(world);
  const answer = await device.ask((app) =>
    app.records.edit({ id, base, fields: { [field]: value } }),
  );
  note(world, device, `sets ${field} of ${id}: ${answer.kind}`);
  if (answer.kind !== "done" || seen.length === 0) return;
  const [change] = newestOf(device, id);
  if (change !== undefined) world.overwritings.push({ record: id, field, seen, change });
}

/** The change that this device wrote last to the record. */
function newestOf(device: Device, id: RecordId): readonly string[] {
  return device.look((db) =>
    db
      .prepare<[string], string>(
        `SELECT device || '-' || incarnation || '-' || sequence || '-' || hex(chain)
         FROM change_log WHERE record = ? ORDER BY position DESC LIMIT 1`,
      )
      .pluck()
      .all(id),
  );
}

/** Writes into one of four sentences: often the one that somebody else is at too. */
async function writeText(world: World, device: Device, { id, type }: Seen): Promise<void> {
  if (type === "topic") return;
  const before = await device.ask((app) => app.records.get({ id }));
  if (before.kind !== "done") return;
  const { body, version: base } = before.value;
  const sentences = body.split(". ");
  const at = world.random.below(sentences.length);
  const written = sentences.with(at, `${word(world)} ${sentences[at] ?? ""}`).join(". ");
  const answer = await device.ask((app) => app.records.edit({ id, base, body: written }));
  note(world, device, `writes sentence ${at} of ${id}: ${answer.kind}`);
}

async function tag(world: World, device: Device, { id, type }: Seen): Promise<void> {
  if (type === "topic") return;
  const some = ["new", "fees", "Mail", "mail", "phone"].filter(() => world.random.happens(0.5));
  const answer = await device.ask((app) => app.records.edit({ id, fields: { tags: some } }));
  note(world, device, `tags ${id}: ${answer.kind}`);
}

async function remove(world: World, device: Device, { id }: Seen): Promise<void> {
  const answer = await device.ask((app) => app.records.remove({ ids: [id] }));
  note(world, device, `puts ${id} in the trash: ${answer.kind}`);
}

async function restore(world: World, device: Device, { id }: Seen): Promise<void> {
  const answer = await device.ask((app) => app.records.putBack({ ids: [id] }));
  note(world, device, `takes ${id} out of the trash: ${answer.kind}`);
}

async function draft(world: World, device: Device, { id, type }: Seen): Promise<void> {
  const body = `${secret} ${word(world)}`;
  await device.ask((app) => app.drafts.save({ key: id, record: id, type, fields: {}, body }));
  note(world, device, `keeps a draft of ${id}`);
}

/** Chooses one value of the first conflict there is. */
async function resolve(world: World, device: Device): Promise<void> {
  const answer = await device.ask((app) => app.sharing.conflicts({}));
  const [conflict] = answer.kind === "done" ? answer.value : [];
  if (conflict === undefined) return;
  const { id } = conflict;
  const seen = await device.ask((app) => app.records.get({ id }));
  const [contested] = seen.kind === "done" ? seen.value.conflicts : [];
  const chosen = world.random.oneOf(contested?.values ?? []);
  if (contested === undefined || chosen === undefined) return;
  const choice = { id, path: contested.path, change: chosen.change };
  const done = await device.ask((app) => app.sharing.resolve(choice));
  note(world, device, `settles ${contested.path} of ${id}: ${done.kind}`);
}

async function undo(world: World, device: Device, { id }: Seen): Promise<void> {
  const made = await device.ask((app) => app.records.edit({ id, fields: { tags: [word(world)] } }));
  const action = made.kind === "done" ? made.value.action : null;
  if (action === null) return;
  const answer = await device.ask((app) => app.records.undo({ action }));
  note(world, device, `takes back what it did to ${id}: ${answer.kind}`);
}

const deeds: readonly Deed[] = [
  create,
  create,
  setField,
  setField,
  setField,
  setField,
  writeText,
  writeText,
  writeText,
  tag,
  tag,
  remove,
  restore,
  draft,
  resolve,
  undo,
];

/** A record that this device knows, whoever made it; the last ones more often. */
function recordOn({ random, records }: World, device: Device): Seen | undefined {
  const recent = random.happens(0.7) ? records.slice(-4) : records;
  const id = random.oneOf(recent);
  if (id === undefined) return undefined;
  return device.look((db) =>
    db.prepare<[string], Seen>("SELECT id, type FROM record WHERE id = ?").get(id),
  );
}

/** A word that nobody wrote before. */
function word(world: World): string {
  world.serial += 1;
  return `w${world.serial}`;
}

/** Writes into the story what happened. */
export function note(world: World, device: Device, what: string): void {
  world.story.push(`${device.name} ${what}`);
  count(world, what.split(":")[0]?.replace(/ of .*| 0.*/u, "") ?? what);
}
