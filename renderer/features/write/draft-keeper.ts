/**
 * Keeps what is being written: a save at each pause in typing, one at least every few seconds of
 * typing on, one at a time, and "saved" only once the engine has answered. Knows nothing of React.
 */

/** `clean`: nothing to keep; `waiting`: a save is due; `failed`: kept here only, with the reason. */
export type KeepState =
  | { readonly is: "clean" }
  | { readonly is: "waiting" }
  | { readonly is: "saving" }
  | { readonly is: "saved"; readonly at: string }
  | { readonly is: "failed"; readonly reason: string };

export type DraftKeeper<Content> = {
  /** Tells what stands on the screen now. */
  readonly change: (content: Content) => void;
  /** Saves at once what is not saved yet; resolves when it is, or when saving failed. */
  readonly flush: () => Promise<void>;
  /** Saves nothing any more: the draft was published or discarded. Waits for a save under way. */
  readonly stop: () => Promise<void>;
  /** Saves again from the next change on. */
  readonly resume: () => void;
  readonly state: () => KeepState;
  readonly onState: (listener: () => void) => () => void;
};

type KeeperOptions<Content> = {
  /** Commits the draft and answers when that happened, UTC, ISO 8601. */
  readonly save: (content: Content) => Promise<{ readonly savedAt: string }>;
  readonly start?: KeepState;
};

/** A pause in typing after which a save follows, in milliseconds. */
export const pause = 800;
/** The longest that typing may go on without a save, in milliseconds. */
export const longestWait = 5000;

/** Makes the keeper of one draft. */
export function createDraftKeeper<Content>(options: KeeperOptions<Content>): DraftKeeper<Content> {
  const listeners = new Set<() => void>();
  let state: KeepState = options.start ?? { is: "clean" };
  let pending: { readonly content: Content; readonly since: number } | null = null;
  let saving: Promise<void> | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;

  function become(next: KeepState): void {
    state = next;
    for (const listener of listeners) listener();
  }

  function schedule(wait: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => void flush(), wait);
  }

  function change(content: Content): void {
    if (stopped) return;
    const since = pending?.since ?? Date.now();
    pending = { content, since };
    if (state.is !== "waiting" && saving === null) become({ is: "waiting" });
    schedule(Math.max(0, Math.min(pause, since + longestWait - Date.now())));
  }

  async function flush(): Promise<void> {
    clearTimeout(timer);
    await saving;
    if (pending === null || stopped) return;
    // Another flush may have started while this one waited.
    if (saving !== null) {
      await saving;
      return;
    }
    saving = saveOnce(pending.content);
    await saving;
  }

  async function saveOnce(content: Content): Promise<void> {
    pending = null;
    become({ is: "saving" });
    try {
      const { savedAt } = await options.save(content);
      become(pending === null ? { is: "saved", at: savedAt } : { is: "waiting" });
    } catch (error) {
      // What could not be saved stays pending, unless something newer already is.
      pending ??= { content, since: Date.now() };
      become({ is: "failed", reason: error instanceof Error ? error.message : String(error) });
      if (!stopped) schedule(longestWait);
    } finally {
      saving = null;
    }
  }

  return {
    change,
    flush,
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await saving;
      pending = null;
    },
    resume: () => {
      stopped = false;
    },
    state: () => state,
    onState: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
