/** The one row that says which workspace this is and who writes it on this device. */
import type { Readable, Writable } from "../db/database.ts";
import { statement } from "../db/statement.ts";
import type { PublicDevice } from "../identity/identity.ts";

/** The row's columns under their own names. `sample` is 0 or 1. */
export type WorkspaceRow = {
  readonly id: string;
  readonly name: string;
  readonly sample: number;
  readonly device: string;
  readonly incarnation: number;
  readonly person_id: string;
  /** "" while nobody has said which: a newcomer's invitation does. */
  readonly department_id: string;
};

const selectRow = statement<[], WorkspaceRow>(
  "SELECT id, name, sample, device, incarnation, person_id, department_id FROM workspace",
);
const insertRow = statement<[WorkspaceRow]>(
  `INSERT OR REPLACE INTO workspace (one, id, name, sample, device, incarnation, person_id, department_id)
   VALUES (1, :id, :name, :sample, :device, :incarnation, :person_id, :department_id)`,
);
const anyChange = statement<[], { readonly found: number }>(
  "SELECT 1 AS found FROM change_log WHERE position > 0 LIMIT 1",
);
const updateWriter = statement<[device: string, incarnation: number]>(
  "UPDATE workspace SET device = ?, incarnation = ?",
);
const updateDepartment = statement<[department: string]>("UPDATE workspace SET department_id = ?");
const insertDevice = statement<[id: string, signingKey: Uint8Array, agreementKey: Uint8Array]>(
  "INSERT INTO device (id, signing_key, agreement_key) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING",
);

/** The workspace of this profile; undefined before the first start. */
export function readWorkspace(db: Readable): WorkspaceRow | undefined {
  return selectRow(db).get();
}

/** Whether the first start went through: the row is written before the first records are. */
export function isStarted(db: Readable): boolean {
  return anyChange(db).get() !== undefined && readWorkspace(db) !== undefined;
}

/** Makes the workspace and lets the device write; the log can be appended to from here on. */
export function insertWorkspace(db: Writable, row: WorkspaceRow, device: PublicDevice): void {
  insertDevice(db).run(device.id, device.signingKey, device.agreementKey);
  insertRow(db).run(row);
}

/** Lets another device, or another life of the same one, write from here on. */
export function changeWriter(db: Writable, device: PublicDevice, incarnation: number): void {
  insertDevice(db).run(device.id, device.signingKey, device.agreementKey);
  updateWriter(db).run(device.id, incarnation);
}

/** Says which department the person belongs to; "" stands for none yet. */
export function setDepartment(db: Writable, department: string): void {
  updateDepartment(db).run(department);
}
