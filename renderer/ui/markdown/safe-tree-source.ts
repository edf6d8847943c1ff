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

const kept = new Map<string, SafeTree | Promise<SafeTree>>();

/** The tree of a text: itself where it is at hand, else a promise that is the same until it is. */
export function treeOf(text: string, options: SafeTreeOptions): SafeTree | Promise<SafeTree> {
  const key = JSON.stringify([options.title, options.idPrefix, options.topLevel, text]);
  const found = kept.get(key);
  if (found !== undefined) return found;
  const made =
    text.length <= shortText || !("Worker" in globalThis) ? toSafeTree(text, options) : later();
  remember(key, made);
  return made;

  async function later(): Promise<SafeTree> {
    const tree = await readElsewhere(text, options);
    if (kept.has(key)) kept.set(key, tree);
    return tree;
  }
}

function remember(key: string, made: SafeTree | Promise<SafeTree>): void {
  kept.set(key, made);
  const oldest = kept.keys().next();
  if (kept.size > mostKept && oldest.done !== true) kept.delete(oldest.value);
}

type Reader = {
  readonly worker: Worker;
  readonly open: Map<number, PromiseWithResolvers<SafeTree>>;
};

let reader: Reader | undefined;
let lastId = 0;

async function readElsewhere(text: string, options: SafeTreeOptions): Promise<SafeTree> {
  const current = (reader ??= startReader());
  lastId += 1;
  const request: TreeRequest = { id: lastId, text, options };
  const answer = Promise.withResolvers<SafeTree>();
  current.open.set(request.id, answer);
  const impatience = setTimeout(() => stop(current), patience);
  // A page talks to its own worker only: there is no other origin to name.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  current.worker.postMessage(request);
  try {
    return await answer.promise;
  } catch {
    return asTyped(text);
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
    started.open.get(data.id)?.resolve(data.tree);
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
