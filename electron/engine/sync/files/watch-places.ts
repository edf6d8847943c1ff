/** Hints from the operating system that something in a few folders changed; never more than hints. */
import type { FileSystem } from "./file-system.ts";

type Watcher = ReturnType<FileSystem["watch"]>;

/**
 * Watches those of the folders that are there, and the others as soon as one of them moves. On
 * network shares it may see nothing, and a watcher may die; both are no failure.
 */
export function watchPlaces(
  places: readonly string[],
  changed: () => void,
  files: Pick<FileSystem, "watch">,
): Disposable {
  const watchers = new Map<string, Watcher>();
  let over = false;

  function drop(place: string): void {
    watchers.get(place)?.close();
    watchers.delete(place);
  }

  function begin(place: string): void {
    if (watchers.has(place)) return;
    const watcher = tryToWatch(place);
    if (watcher === undefined) return;
    watchers.set(place, watcher);
    watcher.on("error", () => drop(place));
  }

  function tryToWatch(place: string): Watcher | undefined {
    try {
      return files.watch(place, heard);
    } catch {
      // It is not there, or the system has no watchers left: then the next look finds what is new.
      return undefined;
    }
  }

  function heard(): void {
    if (over) return;
    for (const place of places) begin(place);
    changed();
  }

  for (const place of places) begin(place);
  return {
    [Symbol.dispose]: () => {
      over = true;
      for (const place of watchers.keys()) drop(place);
    },
  };
}
