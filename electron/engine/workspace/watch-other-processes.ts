/** Notices what other processes (a command line beside the window) write to the same profile. */
import type { GuildhallEmit } from "#shared/contract/index.ts";
import type { Databases } from "../db/database.ts";

/** Milliseconds between two looks; each costs some microseconds. */
const every = 1000;

/** Announces their commits as changed records. Call the returned function to stop. */
export function watchOtherProcesses(
  databases: Pick<Databases, "changedElsewhere">,
  emit: GuildhallEmit,
): () => void {
  const timer = setInterval(() => {
    if (!databases.changedElsewhere()) return;
    emit("records.changed", { ids: null, types: null });
    emit("workspace.changed", {});
  }, every);
  timer.unref();
  return () => clearInterval(timer);
}
