/** An empty log that takes in a shared folder's changes to see whether they hold together. */
import type { DeviceId } from "#shared/domain/ids.ts";
import { type Databases } from "../db/database.ts";
import { openDatabases } from "../db/open-databases.ts";
import { statement } from "../db/statement.ts";
import { nodeCryptography } from "../identity/cryptography.ts";
import { createChangeLog } from "../log/create-change-log.ts";
import { createProjections } from "../projections/projections.ts";
import { createRecordFold } from "../records/create-record-fold.ts";
import { createIntake } from "./create-intake.ts";
import type { SharedFile } from "./intake.ts";
import { fingerprintOf } from "./people/codes.ts";
import { insertLibrary } from "./people/library-row.ts";
import type { FolderLook } from "./people/look-at-folder.ts";
import { createRosterSource, type RosterSource } from "./people/roster-source.ts";

type Found = { readonly path: string; readonly reason: string };

export type Reader = AsyncDisposable & {
  readonly databases: Databases;
  readonly roster: RosterSource;
  /** Takes segments and bundles; answers what is wrong with them. */
  readonly accept: (files: readonly SharedFile[]) => Promise<readonly Found[]>;
  /** What is wrong with the whole: files of strangers, gaps, forks. */
  readonly finish: () => Promise<readonly Found[]>;
};

type Options = {
  readonly place: string;
  readonly now: () => number;
};

const gaps = statement<
  [],
  { readonly device: string; readonly first: number; readonly here: number }
>(
  `SELECT segment.device, min(segment.first) AS first, coalesce(max(ends.sequence), 0) AS here
   FROM segment LEFT JOIN stream_end AS ends
     ON ends.device = segment.device AND ends.incarnation = segment.incarnation
   GROUP BY segment.device, segment.incarnation
   HAVING max(segment.last) > coalesce(max(ends.sequence), 0)`,
);

/** Opens it in the given place. */
export async function openReader(
  options: Options,
  look: Extract<FolderLook, { kind: "library" }>,
): Promise<Reader> {
  const databases = openDatabases(options.place);
  const clock = { now: options.now, randomBytes: neverSigns };
  const identity = { device: () => undefined, sign: neverSigns };
  const cryptography = nodeCryptography;
  const log = createChangeLog({ clock, cryptography, identity });
  const roster = createRosterSource({ log, identity, cryptography });
  const projections = createProjections({ log, fold: createRecordFold({ log }), projectors: [] });
  const root = Buffer.from(look.library.root, "base64url");
  await databases.queue.run((db) => {
    projections.prepare(db);
    const { library: id, name } = look.library;
    const fingerprint = fingerprintOf(cryptography, root);
    insertLibrary(db, { id, name, root, fingerprint, joined: null }, look.file);
  });
  const intake = createIntake({
    databases,
    identity,
    cryptography,
    projections,
    clock,
    roster: roster.readRoster,
    beginIncarnation: neverSigns,
  });
  let strangers: SharedFile[] = [];

  async function take(files: readonly SharedFile[]): Promise<readonly Found[]> {
    const { verdicts } = await intake.accept(files);
    return verdicts.flatMap(({ path, outcome, reason }, index): readonly Found[] => {
      const file = files[index];
      if (reason === "unknown_device" && outcome !== "quarantined" && file !== undefined) {
        strangers.push(file);
        return [];
      }
      return outcome === "quarantined" ? [{ path, reason: reason ?? "hash" }] : [];
    });
  }

  return {
    databases,
    roster,
    accept: take,
    finish: async () => {
      const found: Found[] = [];
      // Who was admitted may only be known once the files of who admitted have been read.
      for (let before = Infinity; strangers.length > 0 && strangers.length < before;) {
        before = strangers.length;
        const again = strangers;
        strangers = [];
        found.push(...(await take(again)));
      }
      found.push(...strangers.map(({ path }) => ({ path, reason: "unknown_device" })));
      found.push(...gaps(databases.read).all().map(gapOf));
      const forked: readonly DeviceId[] = intake.forked(databases.read);
      return [...found, ...forked.map((device) => ({ path: device, reason: "fork" }))];
    },
    [Symbol.asyncDispose]: () => {
      databases.close();
      return Promise.resolve();
    },
  };
}

function gapOf({ device, here }: { readonly device: string; readonly here: number }): Found {
  return { path: device, reason: `changes after ${here} are missing` };
}

function neverSigns(): never {
  throw new Error("A verification writes nothing.");
}
