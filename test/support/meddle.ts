/** What people and their tools do in a shared folder that is not theirs to tidy. */
import { corrupt } from "./carrier-knobs.ts";
import { join, nameOf } from "./folder-tree.ts";
import type { View, Workings } from "./carrier-workings.ts";

/** One turn: each thing happens or not, somewhere. Old states are remembered for being restored. */
export function meddle(workings: Workings): void {
  const { chance, knobs, count, nextSerial, views } = workings;
  const turn = nextSerial();
  const view = chance.oneOf([...views.values()], "who", turn);
  if (view === undefined) return;
  const happens = (what: "deleted" | "moved" | "recased" | "copied" | "junk" | "rolledBack") => {
    const does = chance.happens(knobs()[what], what, turn);
    if (does) count(what);
    return does;
  };
  const someFile = (about: string) => chance.oneOf(view.tree.paths(), about, turn);
  if (happens("deleted")) take(workings, view, someFile("deleted"));
  if (happens("moved")) {
    const path = someFile("moved");
    const copies = path === undefined ? [] : view.tree.get(path);
    take(workings, view, path);
    if (path !== undefined) lay(workings, view, join("old things", nameOf(path)), copies[0]?.bytes);
  }
  if (happens("recased")) {
    const path = someFile("recased");
    const copies = path === undefined ? [] : view.tree.get(path);
    take(workings, view, path);
    if (path !== undefined) lay(workings, view, path.toUpperCase(), copies[0]?.bytes);
  }
  if (happens("copied")) {
    const path = someFile("copied") ?? "";
    lay(workings, view, join("Copies", `Copy of ${nameOf(path)}`), view.tree.get(path)[0]?.bytes);
  }
  if (happens("junk")) {
    const bytes = view.tree.get(someFile("junk") ?? "")[0]?.bytes ?? new Uint8Array(9);
    const folder = chance.oneOf(["", "s", "h", "p", "j"], "junk", turn) ?? "";
    lay(workings, view, join(folder, `note ${turn}.txt`), corrupt(bytes, chance, `${turn}`));
  }
  if (happens("rolledBack")) {
    const before = chance.oneOf(view.snapshots, "rolled back", turn);
    if (before !== undefined) view.tree = before.clone();
  }
  if (turn % 5 === 0) view.snapshots = [...view.snapshots.slice(-7), view.tree.clone()];
}

function take(workings: Workings, view: View, path: string | undefined): void {
  if (path === undefined) return;
  view.tree.set(path, []);
  view.removed.set(path, workings.nextSerial());
  workings.carry(view.device, path);
}

function lay(workings: Workings, view: View, path: string, bytes: Uint8Array | undefined): void {
  if (bytes === undefined) return;
  const now = workings.now();
  view.tree.set(path, [{ bytes, modified: now, hereFrom: now, serial: workings.nextSerial() }]);
  workings.carry(view.device, path);
}
