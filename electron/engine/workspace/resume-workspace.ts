/**
 * What an engine looks at before it goes on writing a workspace that exists: are the keys still
 * this device's, and is the log as long as it once was? A log from a backup starts a new
 * incarnation, so that the device never writes the same place twice with different words.
 */
import type { IdSource } from "#shared/domain/ids.ts";
import { incarnations } from "#shared/format/limits.ts";
import { ExpectedFailure } from "#shared/rpc/wire.ts";
import type { Databases, Writable } from "../db/database.ts";
import { statement } from "../db/statement.ts";
import type { Logger } from "../engine.ts";
import type { Identity, PublicDevice } from "../identity/identity.ts";
import { changeWriter, readWorkspace } from "./workspace-row.ts";

type Dependencies = {
  readonly databases: Databases;
  readonly identity: Identity;
  readonly logger: Logger;
  readonly randomBytes: IdSource["randomBytes"];
};

type Stream = { readonly device: string; readonly incarnation: number; readonly sequence: number };

const endOf = statement<
  [device: string, incarnation: number],
  { readonly sequence: number | null }
>("SELECT max(sequence) AS sequence FROM change_log WHERE device = ? AND incarnation = ?");
const loggedIncarnations = statement<[device: string], { readonly incarnation: number }>(
  "SELECT DISTINCT incarnation FROM change_log WHERE device = ?",
);
const marks = statement<[], Stream>("SELECT device, incarnation, sequence FROM log_mark");
const dropMarks = statement<[]>("DELETE FROM log_mark");
const raiseMark = statement<[Stream]>(
  `INSERT INTO log_mark (device, incarnation, sequence) VALUES (:device, :incarnation, :sequence)
   ON CONFLICT (device, incarnation) DO UPDATE SET sequence = max(sequence, excluded.sequence)`,
);

/** True when the device that writes from now on is another than before: its person has to hear of it. */
export async function resumeWorkspace(deps: Dependencies): Promise<boolean> {
  const { databases, identity, logger } = deps;
  const workspace = readWorkspace(databases.read);
  if (workspace === undefined) {
    if (marks(databases.local).get() !== undefined) throw lost();
    return false;
  }
  const device = identity.device() ?? (await identity.create());
  const replaced = device.id !== workspace.device;
  const shorter = shortened(databases).some(
    (stream) => stream.device === device.id && stream.incarnation === workspace.incarnation,
  );
  if (replaced) logger.warn("workspace.keys_replaced");
  if (shorter) logger.warn("workspace.older_log_put_back");
  if (replaced || shorter) {
    await databases.queue.run((db) => beginIncarnation(db, deps, device));
  }
  return replaced;
}

/** Starting anew over this would put new keys in the place of the lost workspace's. */
function lost(): ExpectedFailure {
  return new ExpectedFailure(
    "lost_workspace",
    "This profile had a workspace, but its file workspace.db is gone or empty. Put it back from a backup, or choose another profile with --profile; to give the workspace up, move the profile's folder away.",
  );
}

/** Remembers how far what this device writes reaches. */
export function markLog(databases: Databases): void {
  const workspace = readWorkspace(databases.read);
  if (workspace === undefined) return;
  const { device, incarnation } = workspace;
  const { sequence } = endOf(databases.read).get(device, incarnation) ?? { sequence: null };
  if (sequence !== null) raiseMark(databases.local).run({ device, incarnation, sequence });
}

/** What the streams were is forgotten, and how far they reach now remembered. */
export function forgetMarks(databases: Databases): void {
  dropMarks(databases.local).run();
  markLog(databases);
}

/** The streams that once reached further than they do now; `sequence` is how far. */
export function shortened(databases: Databases): readonly Stream[] {
  return marks(databases.local)
    .all()
    .filter(({ device, incarnation, sequence }) => {
      const end = endOf(databases.read).get(device, incarnation);
      return (end?.sequence ?? 0) < sequence;
    });
}

/**
 * Lets the device write another life from here on. Its number is drawn, since a copy of the device
 * may draw one at the same time; and it is one that was never used as far as either database knows.
 */
export function beginIncarnation(
  db: Writable,
  { databases, randomBytes }: Pick<Dependencies, "databases" | "randomBytes">,
  device: PublicDevice,
): void {
  const marked = marks(databases.local)
    .all()
    .filter((mark) => mark.device === device.id);
  const used = new Set([...marked, ...loggedIncarnations(db).all(device.id)].map(incarnationOf));
  let incarnation = 0;
  while (incarnation === 0 || used.has(incarnation)) {
    const [a = 0, b = 0, c = 0] = randomBytes(3);
    incarnation = ((a << 16) | (b << 8) | c) % incarnations;
  }
  changeWriter(db, device, incarnation);
}

function incarnationOf({ incarnation }: { readonly incarnation: number }): number {
  return incarnation;
}
