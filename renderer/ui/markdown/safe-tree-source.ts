/**
 * Where trees come from: a short text is read at once, a long one in a worker. A text that keeps
 * the worker busy for too long is given up and shown as it was typed.
 */
import { type SafeTree, type SafeTreeOptions, toSafeTree } from "#shared/markdown/safe-tree.ts";
import type { TreeAnswer, TreeRequest } from "./safe-tree-worker.ts";
// The bundler makes this module: the address of the worker it built.
// oxlint-disable-next-line import/default
import workerUrl from "./safe-tree-worker.ts?worker&url";

/** Characters that are read in a few milliseconds: no need to wait for another thread. */
const shortText = 5_000;
const patience = 30_000;
const mostKept = 24;

/** A text on its way to the page: first its beginning, where it is long, then all of it. */
export type TreeEntry = {
  /** What there is of it now; null before anything is. */
  readonly current: () => SafeTree | null;
  /** Comes as soon as there is anything to show. */
  readonly first: Promise<SafeTree>;
  /** Tells when there is more; returns how to stop. */
  readonly subscribe: (listener: () => void) => () => void;
};

const kept = new Map<string, TreeEntry>();

/** The tree of a text; the same entry for the same text. */
export function treeOf(text: string, options: SafeTreeOptions): TreeEntry {
  const key = JSON.stringify([options.title, options.idPrefix, options.topLevel, text]);
  const found = kept.get(key);
  if (found !== undefined) return found;
  const made =
    text.length <= shortText || !("Worker" in globalThis)
      ? atHand(toSafeTree(text, options))
      : onItsWay(text, options);
  remember(key, made);
  return made;
}

function atHand(tree: SafeTree): TreeEntry {
  return { current: () => tree, first: Promise.resolve(tree), subscribe: () => () => undefined };
}

function onItsWay(text: string, options: SafeTreeOptions): TreeEntry {
  const first = Promise.withResolvers<SafeTree>();
  const listeners = new Set<() => void>();
  let current: SafeTree | null = null;
  void readElsewhere(text, options, (tree) => {
    current = tree;
    first.resolve(tree);
    for (const listener of listeners) listener();
  });
  return {
    current: () => current,
    first: first.promise,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

function remember(key: string, made: TreeEntry): void {
  kept.set(key, made);
  const oldest = kept.keys().next();
  if (kept.size > mostKept && oldest.done !== true) kept.delete(oldest.value);
}

type Reading = PromiseWithResolvers<void> & { readonly show: (tree: SafeTree) => void };
type Reader = { readonly worker: Worker; readonly open: Map<number, Reading> };

let reader: Reader | undefined;
let lastId = 0;

/** Resolves when all of it has been shown, as it was typed if it must be. */
async function readElsewhere(
  text: string,
  options: SafeTreeOptions,
  show: (tree: SafeTree) => void,
): Promise<void> {
  const current = (reader ??= startReader());
  lastId += 1;
  const request: TreeRequest = { id: lastId, text, options };
  const reading = { ...Promise.withResolvers<void>(), show };
  current.open.set(request.id, reading);
  const impatience = setTimeout(() => stop(current), patience);
  // A page talks to its own worker only: there is no other origin to name.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  current.worker.postMessage(request);
  try {
    await reading.promise;
  } catch {
    show(asTyped(text));
  } finally {
    clearTimeout(impatience);
  }
}

function startReader(): Reader {
  const started: Reader = {
    worker: new Worker(trustedWorkerUrl(), { type: "module", name: "markdown" }),
    open: new Map(),
  };
  started.worker.addEventListener("message", ({ data }: MessageEvent<TreeAnswer>) => {
    const reading = started.open.get(data.id);
    reading?.show(data.tree);
    if (!data.whole) return;
    reading?.resolve();
    started.open.delete(data.id);
  });
  started.worker.addEventListener("error", () => stop(started));
  return started;
}

/** Ends a reader that hangs or failed: what waits for it is shown as it was typed. */
function stop(stopped: Reader): void {
  stopped.worker.terminate();
  if (reader === stopped) reader = undefined;
  for (const waiting of stopped.open.values()) waiting.reject(new Error("The text took too long."));
  stopped.open.clear();
}

function asTyped(text: string): SafeTree {
  const code = { type: "text", value: text } as const;
  const node = { type: "element", tagName: "pre", properties: {}, children: [code] } as const;
  return {
    blocks: [{ line: 1, node: { ...node, children: [...node.children] } }],
    headings: [],
    notice: "This text could not be laid out in time; it is shown as it was typed.",
  };
}

type Policies = {
  readonly createPolicy: (
    name: string,
    rules: { readonly createScriptURL: (url: string) => string },
  ) => { readonly createScriptURL: (url: string) => string };
};
declare global {
  interface Window {
    readonly trustedTypes?: Policies;
  }
}

/** Where the page demands trusted types, this one address is the only one that is vouched for. */
function trustedWorkerUrl(): string {
  const policy = window.trustedTypes?.createPolicy("guildhall-markdown-worker", {
    createScriptURL: () => workerUrl,
  });
  return policy?.createScriptURL(workerUrl) ?? workerUrl;
}
