/**
 * Everything that can be done by name: the one registry behind keys, the quick switcher, menus and
 * the shortcut sheet. Screens add their commands while they are shown; later ones win over keys.
 */
import { useEffect, useEffectEvent, useId, useSyncExternalStore } from "react";
import { isPlain, isPrinted, isShortcut, type Press, writePress } from "./shortcuts.ts";

export const commandGroups = ["Go to", "Write", "This page", "List", "Window"] as const;

export type Command = {
  /** Stable: rebound keys are stored under it. */
  readonly id: string;
  /** What it does, as a verb. */
  readonly title: string;
  readonly group: (typeof commandGroups)[number];
  /** The keys unless the person chose others. */
  readonly keys?: string;
  /** Left out of the switcher: a step within a list, the switcher itself. */
  readonly keysOnly?: true;
  /** The keys mean something else where text is edited (Mod+Z), and are left to the field there. */
  readonly notInFields?: true;
  readonly run: () => void;
};

/** A command with the keys that are in force; null when it has none. */
export type ActiveCommand = Command & { readonly bound: string | null };

type Preferences = {
  readonly shortcuts: Readonly<Record<string, string>>;
  readonly singleKeys: boolean;
};

const sets = new Map<string, readonly Command[]>();
const listeners = new Set<() => void>();
let preferences: Preferences = { shortcuts: {}, singleKeys: true };
let active: readonly ActiveCommand[] = [];

/** Adds commands under an owner's name, in place of what it added before. Returns how to remove them. */
export function addCommands(owner: string, commands: readonly Command[]): () => void {
  sets.delete(owner);
  sets.set(owner, commands);
  refresh();
  return () => {
    if (sets.get(owner) !== commands) return;
    sets.delete(owner);
    refresh();
  };
}

/** Adds commands while the component is shown. `run` always sees the latest state. */
export function useCommands(commands: readonly Command[]): void {
  const owner = useId();
  const run = useEffectEvent((id: string) => {
    commands.find((command) => command.id === id)?.run();
  });
  // Only what can be seen of a command makes a new set; its function is looked up when it runs.
  const described = JSON.stringify(commands);
  useEffect(() => {
    const shown: readonly Omit<Command, "run">[] = JSON.parse(described);
    return addCommands(
      owner,
      shown.map((command) => Object.assign(command, { run: () => run(command.id) })),
    );
  }, [owner, described]);
}

/** The commands that can be run now; of two with one id the later added. */
export function useCommandList(): readonly ActiveCommand[] {
  return useSyncExternalStore(subscribe, commandList);
}

/** The commands on offer now, as the shortcut sheet and the switcher list them. */
export function commandList(): readonly ActiveCommand[] {
  return active;
}

/** Runs a command by name; nothing happens while it is not on offer. */
export function runCommand(id: string): void {
  active.find((command) => command.id === id)?.run();
}

/** Takes over the person's keys. */
export function setPreferences(next: Preferences): void {
  preferences = next;
  refresh();
}

/** How long the second of two keys ("G H") may take, in milliseconds. */
const sequenceTime = 1200;
let pending: { readonly keys: string; readonly until: number } | null = null;

type PressedKey = Press & Pick<KeyboardEvent, "target" | "defaultPrevented" | "timeStamp">;

/** Runs what the pressed key means; true when it meant something. */
export function runShortcut(event: PressedKey, mac: boolean): boolean {
  const pressed = event.defaultPrevented ? null : writePress(event, mac);
  if (pressed === null) return false;
  const field = isWithin(event.target, fields);
  if (isPlain(pressed) && (field || isWithin(event.target, floating))) return false;
  if (isPrinted(pressed) && !preferences.singleKeys) return false;
  const before = pending !== null && event.timeStamp < pending.until ? pending.keys : null;
  pending = null;
  const tried = before === null ? [pressed] : [`${before} ${pressed}`, pressed];
  for (const keys of tried) {
    const command = active.findLast(({ bound }) => bound === keys);
    if (command !== undefined) {
      if (field && command.notInFields === true) return false;
      command.run();
      return true;
    }
  }
  if (active.some(({ bound }) => bound?.startsWith(`${pressed} `))) {
    pending = { keys: pressed, until: event.timeStamp + sequenceTime };
    return true;
  }
  return false;
}

const fields =
  "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]:not([contenteditable=false])";
const floating = "[role=dialog], [role=menu], [role=listbox]";

function isWithin(target: EventTarget | null, selector: string): boolean {
  return target instanceof Element && target.closest(selector) !== null;
}

function refresh(): void {
  const byId = new Map<string, ActiveCommand>();
  for (const command of [...sets.values()].flat()) {
    const keys = preferences.shortcuts[command.id] ?? command.keys ?? "";
    // Deleted first, so that the later one also comes later.
    byId.delete(command.id);
    byId.set(command.id, { ...command, bound: isShortcut(keys) ? keys : null });
  }
  active = [...byId.values()];
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
