/** The state of one piece of writing: what stands on the screen, and how well it is kept. */
import { useEffect, useState, useSyncExternalStore } from "react";
import { currentRoute, navigate } from "#renderer/platform/navigation.tsx";
import type { Json } from "#shared/domain/json.ts";
import type { Route } from "#shared/navigation/route.ts";
import { changedFields, type Content } from "./content.ts";
import { createDraftPlace, type DraftPlace } from "./draft-place.ts";
import { createDraftKeeper, type DraftKeeper, type KeepState } from "./draft-keeper.ts";
import type { Opening } from "./opening.ts";

export type Writing = {
  readonly content: Content;
  /** Sets a field, to a value or to what a function makes of the present one. */
  readonly setField: (name: string, value: Json | ((now: Json | undefined) => Json)) => void;
  readonly setBody: (body: string) => void;
  readonly kept: KeepState;
  readonly keeper: DraftKeeper<Content>;
  readonly place: DraftPlace;
  /** Another window writes the same page; this one has a draft of its own. */
  readonly elsewhere: boolean;
};

/** Keeps a draft of everything that changes, and flushes it when the page is left or hidden. */
export function useWriting(opening: Opening): Writing {
  const [content, setContent] = useState(opening.content);
  const [elsewhere, setElsewhere] = useState(false);
  const [place] = useState(() =>
    createDraftPlace({
      key: opening.key,
      savedAt: opening.draft?.savedAt ?? null,
      onMove: (draft) => {
        setElsewhere(true);
        // The address names the draft, so that a reload continues this one.
        if (staysAt(opening)) navigate(addressOf(opening, draft), { replace: true });
      },
    }),
  );
  const [keeper] = useState(() => createKeeper(opening, place));
  const kept = useSyncExternalStore(keeper.onState, keeper.state);

  useEffect(() => {
    const leave = () => void keeper.flush();
    document.addEventListener("visibilitychange", leave);
    window.addEventListener("pagehide", leave);
    window.addEventListener("blur", leave);
    return () => {
      document.removeEventListener("visibilitychange", leave);
      window.removeEventListener("pagehide", leave);
      window.removeEventListener("blur", leave);
      leave();
    };
  }, [keeper]);

  function update(next: (now: Content) => Content): void {
    setContent((now) => {
      const changed = next(now);
      // Told outside of rendering, and harmless when told twice.
      queueMicrotask(() => keeper.change(changed));
      return changed;
    });
  }
  return {
    content,
    kept,
    keeper,
    place,
    elsewhere,
    setBody: (body) => update((now) => (now.body === body ? now : { ...now, body })),
    setField: (name, value) =>
      update(({ fields, body }) => {
        const next = typeof value === "function" ? value(fields[name]) : value;
        return { body, fields: { ...fields, [name]: next } };
      }),
  };
}

/** Whether the page is still on the screen: a last save may come after it has been left. */
function staysAt({ record, type }: Opening): boolean {
  const now = currentRoute();
  if (record === undefined) return now.screen === "new" && now.type === type;
  return now.screen === "edit" && now.id === record.id;
}

function addressOf({ record, type }: Opening, draft: string): Route {
  return record === undefined
    ? { screen: "new", type, draft }
    : { screen: "edit", id: record.id, draft };
}

function createKeeper(
  { type, record, base, draft }: Opening,
  place: DraftPlace,
): DraftKeeper<Content> {
  return createDraftKeeper<Content>({
    ...(draft === null ? {} : { start: { is: "saved", at: draft.savedAt } }),
    save: ({ fields, body }) =>
      place.save({
        type,
        ...(record === undefined ? {} : { record: record.id, base: record.version }),
        // A new record's draft holds everything; an edit's only what differs from its base.
        fields: record === undefined ? { ...fields } : changedFields(base.fields, fields),
        body,
      }),
  });
}
