/** Says things to screen readers that others see anyway: "12 results", "Saved 14:03:07". */
import { type ReactElement, useSyncExternalStore } from "react";

let message = "";
const listeners = new Set<() => void>();

/** Says the sentence politely, after what is being read. The same sentence twice is said twice. */
export function announce(sentence: string): void {
  // A trailing no-break space makes a repeated sentence a change.
  message = message === sentence ? `${sentence}\u00A0` : sentence;
  for (const listener of listeners) listener();
}

/** The live region; once, in the frame. */
export function Announcer(): ReactElement {
  const said = useSyncExternalStore(subscribe, () => message);
  return (
    <output aria-live="polite" className="visually-hidden">
      {said}
    </output>
  );
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
