/** The first start: keys, workspace, department, person, and the records every workspace begins with. */
import type { z } from "zod";
import type { workspace } from "#shared/contract/workspace.ts";
import { newRecordId, type IdSource, type RecordId, recordIdSchema } from "#shared/domain/ids.ts";
import type { Json } from "#shared/domain/json.ts";
import { ExpectedFailure } from "#shared/rpc/wire.ts";
import type { Databases } from "../db/database.ts";
import type { Identity, PublicDevice } from "../identity/identity.ts";
import type { RecordEdit, RecordStore } from "../records/record-store.ts";
import { skillDomains } from "./skill-domains.ts";
import { insertWorkspace, isStarted, readWorkspace } from "./workspace-row.ts";

type Input = z.infer<typeof workspace.start.input>;
type Output = z.infer<typeof workspace.start.output>;

/** Fails with `exists` when there is a workspace already. */
export type StartWorkspace = (input: Input) => Promise<Output>;

type Dependencies = {
  readonly databases: Databases;
  readonly identity: Identity;
  readonly store: RecordStore;
  readonly clock: IdSource;
  /** Fills the workspace with the sample and resolves when it is in. */
  readonly loadSample: () => Promise<void>;
};

/** Builds the first start over the engine's parts. */
export function createStartWorkspace(deps: Dependencies): StartWorkspace {
  const { databases, identity, store, clock } = deps;
  return async (input) => {
    if (isStarted(databases.read)) throw exists();
    const device = await identity.create(input.passphrase);
    const ids = { id: newRecordId(clock), person_id: store.newId(), department_id: store.newId() };
    const name = input.sample ? "Sample workspace" : input.department;
    const row = { ...ids, name, sample: Number(input.sample), device: device.id, incarnation: 0 };
    // A crash before the records are written leaves a workspace that has not started: it is replaced.
    await databases.queue.run((db) => {
      if (isStarted(db)) throw exists();
      insertWorkspace(db, row, device);
    });
    await store.write([
      personEdit(input, device, ids),
      { id: ids.department_id, type: "department", fields: { name: input.department } },
      ...(input.sample ? [] : domainEdits(store)),
    ]);
    if (input.sample) await deps.loadSample();
    return { workspace: ids.id, device: device.id, person: ids.person_id };
  };
}

/** The person comes first: the author of the first change is the person it creates. */
function personEdit(
  input: Input,
  device: PublicDevice,
  ids: { readonly person_id: RecordId; readonly department_id: RecordId },
): RecordEdit {
  return {
    id: ids.person_id,
    type: "person",
    fields: {
      display_name: input.name,
      kind: "employee",
      department_id: ids.department_id,
      ...deviceFields(device),
    },
  };
}

/** The page of a person who comes into a library from an empty profile. */
export function newcomerEdit(
  { person, name }: { readonly person: RecordId; readonly name: string },
  device: PublicDevice,
): RecordEdit {
  const fields = { display_name: name, kind: "employee", ...deviceFields(device) };
  return { id: person, type: "person", fields };
}

/** What a person's record says of a device it writes with. */
function deviceFields(device: PublicDevice) {
  return {
    devices: [device.id],
    public_keys: [
      `ed25519:${Buffer.from(device.signingKey).toString("base64")}`,
      `x25519:${Buffer.from(device.agreementKey).toString("base64")}`,
    ],
  };
}

/** Adds the device that writes now to its person's record, beside those that wrote before. */
export async function noteDevice(
  deps: Pick<Dependencies, "databases" | "identity" | "store">,
): Promise<void> {
  const workspace = readWorkspace(deps.databases.read);
  const device = deps.identity.device();
  if (workspace === undefined || device === undefined) return;
  const person = deps.store.get(recordIdSchema.parse(workspace.person_id));
  if (person === undefined) return;
  const added = deviceFields(device);
  const fields = {
    devices: union(person.fields["devices"], added.devices),
    public_keys: union(person.fields["public_keys"], added.public_keys),
  };
  await deps.store.write([{ id: person.id, type: "person", fields }]);
}

function union(known: Json | undefined, added: readonly string[]): Json {
  const before: readonly Json[] = Array.isArray(known) ? known : [];
  return [...before, ...added.filter((one) => !before.includes(one))];
}

function domainEdits(store: RecordStore): readonly RecordEdit[] {
  return skillDomains.map(({ name, body }) => {
    return { id: store.newId(), type: "skill_domain", fields: { name }, body };
  });
}

function exists(): ExpectedFailure {
  return new ExpectedFailure(
    "exists",
    "There is a workspace in this profile already, and starting another would mix the two. Use it, or choose another profile for a new one.",
  );
}
