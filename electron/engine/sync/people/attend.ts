/**
 * What the people of a library need of every look at the folder: who asks is admitted where this
 * device's person may admit; who waits to be admitted notices that it happened, and keeps the
 * request in the folder until then. The exchange calls it once what came in has been taken.
 */
import { recordIdSchema } from "#shared/domain/ids.ts";
import { isActive } from "#shared/domain/roster/roster.ts";
import { noteDevice } from "../../workspace/start-workspace.ts";
import { readWorkspace, setDepartment } from "../../workspace/workspace-row.ts";
import { placeFile } from "../exchange/place-file.ts";
import { orMissing } from "../exchange/watched-folder.ts";
import type { Folder } from "../folder.ts";
import { type Admitted, admitWaiting } from "./admit.ts";
import { bringAlong } from "./bring-along.ts";
import { forgetJoinFile, markJoined, readJoinFile, readLibraryRow } from "./library-row.ts";
import type { PeopleDependencies } from "./people-dependencies.ts";

const nobody: Admitted = { admitted: [], refused: [] };

/** How long after joining a newcomer's departments still meet those of the library by name. */
const settlingIn = 7 * 24 * 60 * 60 * 1000;

/** Does all of it. Fails as the folder does. */
export async function attendPeople(folder: Folder, deps: PeopleDependencies): Promise<Admitted> {
  const library = readLibraryRow(deps.databases.read);
  const writes = readWorkspace(deps.databases.read) !== undefined;
  if (library === undefined || !writes || deps.identity.state() !== "ready") return nobody;
  const { joined } = library;
  if (joined === null && !(await noticeAdmission(deps))) {
    await keepAsking(folder, deps);
    return nobody;
  }
  const since = joined ?? deps.clock.now();
  if (deps.clock.now() - since < settlingIn) await bringAlong(deps, since);
  return admitWaiting(folder, deps);
}

/** True once the roster has this device. */
async function noticeAdmission(deps: PeopleDependencies): Promise<boolean> {
  const { databases, roster, acts, clock } = deps;
  const { device, person } = acts.actor(databases.read);
  const admissions = roster.rosterOf(databases.read)?.admissions.get(device) ?? [];
  const own = admissions.find((one) => isActive(one) && one.person === person);
  if (own === undefined) return false;
  const department = own.roles.flatMap((right) => right.departments ?? [])[0];
  await databases.queue.run((db) => {
    markJoined(db, clock.now());
    if (department !== undefined && readWorkspace(db)?.department_id === "") {
      setDepartment(db, department);
    }
  });
  forgetJoinFile(databases.local);
  await settle(deps, department);
  deps.emit("sharing.changed", {});
  deps.emit("workspace.changed", {});
  return true;
}

/** The person's page gets its department and this device's keys. */
async function settle(deps: PeopleDependencies, department: string | undefined): Promise<void> {
  const workspace = readWorkspace(deps.databases.read);
  const page = workspace && deps.store.get(recordIdSchema.parse(workspace.person_id));
  if (page === undefined) return;
  if (department !== undefined && page.department === null) {
    const fields = { department_id: department };
    await deps.store.write([{ id: page.id, type: page.type, fields }]);
  }
  await noteDevice(deps);
}

async function keepAsking(folder: Folder, { databases, identity }: PeopleDependencies) {
  const request = readJoinFile(databases.local);
  if (request === undefined || (await orMissing(folder.stat(request.path))) !== undefined) return;
  const writer = identity.device()?.id ?? "";
  await placeFile(folder, request.path, { bytes: request.bytes, writer });
}
