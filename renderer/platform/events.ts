/** The engine's announcements inside the window: who wants to hear of them, and handing them out. */
import { useEffect, useEffectEvent } from "react";
import type { z } from "zod";
import { events, type GuildhallEvents } from "#shared/contract/index.ts";
import type { EventContract } from "#shared/rpc/define.ts";

type EventName = keyof GuildhallEvents;
type Payload<N extends EventName> = z.output<ReturnType<GuildhallEvents[N]>>;

const schemas: EventContract = events;
const target = new EventTarget();

/** Takes an announcement from the wire; one that this version does not know is dropped. */
export function receiveEvent(name: string, payload: unknown): void {
  const schema = schemas[name]?.();
  if (schema === undefined) return;
  target.dispatchEvent(new CustomEvent(name, { detail: schema.parse(payload) }));
}

/** Calls the listener on each announcement of this name; returns how to stop. */
export function onEvent<N extends EventName>(
  name: N,
  listener: (payload: Payload<N>) => void,
): () => void {
  // What is dispatched under a name has passed that name's schema above.
  const receive = (event: Event) => {
    if (event instanceof CustomEvent) listener(event.detail);
  };
  target.addEventListener(name, receive);
  return () => target.removeEventListener(name, receive);
}

/** The same for as long as the component is on the screen. */
export function useEvent<N extends EventName>(
  name: N,
  listener: (payload: Payload<N>) => void,
): void {
  const latest = useEffectEvent(listener);
  useEffect(() => onEvent(name, (payload) => latest(payload)), [name]);
}
