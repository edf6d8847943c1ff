/** `sync`, `conflicts`, `resolve`, `compact` and `verify`: the shared folder. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { SyncReport } from "#shared/contract/sharing.ts";
import { changeIdSchema } from "#shared/domain/ids.ts";
import { RpcFault } from "#shared/rpc/wire.ts";
import { CommandFailure, count, type Outcome, table } from "./outcome.ts";
import { parseId } from "./references.ts";
import type { Session } from "./session.ts";
import { lookInWords } from "./sharing-text.ts";

/** Milliseconds between two looks of `sync --watch`. */
const watchPause = 5000;

type Syncing = {
  readonly watch: boolean;
  readonly full: boolean;
  /** Puts everything back into a folder that somebody emptied. */
  readonly restore: boolean;
};

/** Looks at the folder once, or again and again until it is interrupted. */
export async function sync(session: Session, { watch, full, restore }: Syncing): Promise<Outcome> {
  const { client, terminal } = session;
  const first = await lookOnce(session, { full, restore });
  const report = watch ? await watchFolder(session, first) : first;
  const problem = (await client.sharing.state({})).problem;
  if (problem !== null) terminal.err(`guildhall: ${problem.sentence}\n`);
  return { json: report, text: (paint) => lookInWords(report, paint) };
}

async function lookOnce({ client }: Session, how: Omit<Syncing, "watch">): Promise<SyncReport> {
  try {
    return await client.sharing.sync(how);
  } catch (error) {
    if (!(error instanceof RpcFault) || error.fault.code !== "folder_empty") throw error;
    // The window offers a button for it.
    throw new CommandFailure("folder_empty", `${error.message} (guildhall sync --restore)`);
  }
}

/** Looks until somebody interrupts; answers the sum of all looks. */
async function watchFolder({ client, terminal }: Session, first: SyncReport): Promise<SyncReport> {
  const interrupted = Promise.withResolvers<"interrupted">();
  const release = terminal.onInterrupt(() => interrupted.resolve("interrupted"));
  let sum = first;
  try {
    for (;;) {
      if ((await Promise.race([interrupted.promise, pause(watchPause)])) === "interrupted") {
        return sum;
      }
      const next = await client.sharing.sync({});
      if (next.sent + next.received > 0 && terminal.watched.err) {
        terminal.err(`${count(next.sent, "change")} sent, ${next.received} received\n`);
      }
      sum = added(sum, next);
    }
  } finally {
    release();
  }
}

function pause(milliseconds: number): Promise<"again"> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds, "again"));
}

function added(sum: SyncReport, next: SyncReport): SyncReport {
  return {
    sent: sum.sent + next.sent,
    received: sum.received + next.received,
    applied: sum.applied + next.applied,
    waiting: next.waiting,
    quarantined: [...sum.quarantined, ...next.quarantined],
    filesOpened: sum.filesOpened + next.filesOpened,
    bytesRead: sum.bytesRead + next.bytesRead,
    ms: sum.ms + next.ms,
  };
}

/** Lists the records of which somebody has to choose. */
export async function conflicts({ client, terminal }: Session): Promise<Outcome> {
  const found = await client.sharing.conflicts({});
  const detailed = [];
  for (const conflict of found) {
    const record = await client.records.get({ id: conflict.id });
    detailed.push({ ...conflict, values: record.conflicts });
  }
  const rows = detailed.flatMap(({ id, type, title, values }) =>
    values.flatMap(({ path: place, values: all }) =>
      all.map(({ change, by }) => [id, type, title, place, by?.title ?? "", change]),
    ),
  );
  const headings = ["id", "type", "title", "path", "by", "change"];
  return {
    json: { conflicts: detailed },
    text: (paint) =>
      rows.length === 0
        ? "There is nothing to choose."
        : table(headings, rows, { terminal, paint }),
  };
}

type Resolving = { readonly id: string; readonly path: string; readonly change: string };

/** Chooses one of the values at a path. */
export async function resolve({ client }: Session, resolving: Resolving): Promise<Outcome> {
  const id = parseId(resolving.id);
  const change = changeIdSchema.safeParse(resolving.change.toLowerCase());
  if (!change.success) {
    throw new CommandFailure(
      "not_found",
      `"${resolving.change}" is not the id of a change. "guildhall conflicts" lists the changes to choose from.`,
    );
  }
  await client.sharing.resolve({ id, path: resolving.path, change: change.data });
  return {
    json: { id, path: resolving.path, change: change.data },
    text: () => "Chosen. What the others wrote stays in the history.",
  };
}

/** Joins this device's small files into packs and deletes what is safely doubled. */
export async function compact({ client }: Session): Promise<Outcome> {
  const done = await client.sharing.compact({});
  const { packs, bundles, deleted } = done;
  return {
    json: done,
    text: () =>
      `${count(packs, "pack")} and ${count(bundles, "bundle")} written, ${count(deleted, "file")} deleted`,
  };
}

/** Verifies a folder on its own: no profile is opened or made. */
export async function verify(folder: string): Promise<Outcome> {
  const { verifyFolder } = await import("#engine/sync/verify-folder.ts");
  const { createFileFolder } = await import("#engine/sync/files/file-folder.ts");
  const shared = createFileFolder({ root: path.resolve(folder) });
  const place = await mkdtemp(path.join(tmpdir(), "guildhall-verify-"));
  try {
    const report = await verifyFolder({ folder: shared, place, now: Date.now });
    const { ok, problems, devices, segments, changes, attachments } = report;
    return {
      json: report,
      text: (paint) =>
        [
          `${report.name ?? ""}: ${count(devices, "device")}, ${count(segments, "segment")}, ${count(changes, "change")}, ${count(attachments, "attachment")}`,
          ...problems.map((one) => paint("red", `${one.path}: ${one.reason}`)),
          ok ? paint("green", "Everything is whole.") : paint("red", "There are problems."),
        ].join("\n"),
      ...(ok ? {} : { failed: true }),
    };
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}
