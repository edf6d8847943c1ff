/** Reads Markdown in a thread of its own, so that a long text never holds up typing. */
import { beginningOf } from "#shared/markdown/beginning.ts";
import {
  createSafeTreeBuilder,
  type SafeTree,
  type SafeTreeOptions,
} from "#shared/markdown/safe-tree.ts";

/** A text to read; answers come back under the same id, in order, the last one whole. */
export type TreeRequest = {
  readonly id: number;
  readonly text: string;
  readonly options: SafeTreeOptions;
};
export type TreeAnswer = {
  readonly id: number;
  readonly tree: SafeTree;
  /** False for the beginning of a long text. */
  readonly whole: boolean;
};

const build = createSafeTreeBuilder();

globalThis.addEventListener("message", ({ data }: MessageEvent<TreeRequest>) => {
  const { id, text, options } = data;
  const start = beginningOf(text);
  if (start !== null) send({ id, tree: build(start, options), whole: false });
  send({ id, tree: build(text, options), whole: true });
});

function send(answer: TreeAnswer): void {
  // A worker talks to its own page only: there is no other origin to name.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  globalThis.postMessage(answer);
}
