/** Keys that act on the page in view: "Mod+S", "E". They rest while something is being typed. */
import { useEffect, useEffectEvent } from "react";
import { useAsk } from "./api.ts";
import { host } from "./host.ts";

/** What each combination does: modifiers in the order Mod, Shift, Alt, then the key. */
export type PageKeys = Readonly<Record<string, () => void>>;

/** Listens for as long as the component is on the screen. Single letters can be switched off. */
export function usePageKeys(keys: PageKeys): void {
  const settings = useAsk("workspace", "settings", {});
  const singleKeys = settings.data?.singleKeyShortcuts ?? true;
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const combination = combinationOf(event);
    const act = keys[combination];
    if (act === undefined || event.defaultPrevented || event.repeat) return;
    const single = !combination.includes("Mod+") && !combination.includes("Alt+");
    if (single && (!singleKeys || isTyping(event.target) || isDialogOpen())) return;
    event.preventDefault();
    act();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event);
    document.addEventListener("keydown", listener);
    return () => document.removeEventListener("keydown", listener);
  }, []);
}

function combinationOf(event: KeyboardEvent): string {
  const mod = host.platform === "mac" ? event.metaKey : event.ctrlKey;
  const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
  const parts = [mod && "Mod", event.shiftKey && "Shift", event.altKey && "Alt", key];
  return parts.filter(Boolean).join("+");
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest("input, textarea, select, [contenteditable], [role=textbox]") !== null
  );
}

function isDialogOpen(): boolean {
  return document.querySelector("[role=dialog], [role=alertdialog], [role=menu]") !== null;
}
