/** Reads Markdown in a thread of its own, so that a long text never holds up typing. */
import {
  createSafeTreeBuilder,
  type SafeTree,
  type SafeTreeOptions,
} from "#shared/markdown/safe-tree.ts";

/** A text to read; answers come back under the same id, in order. */
export type TreeRequest = {
  readonly id: number;
  readonly text: string;
  readonly options: SafeTreeOptions;
};
export type TreeAnswer = { readonly id: number; readonly tree: SafeTree };

const build = createSafeTreeBuilder();

globalThis.addEventListener("message", ({ data }: MessageEvent<TreeRequest>) => {
  const answer: TreeAnswer = { id: data.id, tree: build(data.text, data.options) };
  // A worker talks to its own page only: there is no other origin to name.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  globalThis.postMessage(answer);
});
