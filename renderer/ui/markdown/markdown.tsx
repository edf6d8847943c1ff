/**
 * Markdown on the screen: React elements made of a safe tree, never HTML from a string. It knows
 * how a text looks; where links lead and images lie, the screen around it says.
 */
import { Suspense, type ReactElement, use, useDeferredValue, useSyncExternalStore } from "react";
import type { SafeTree, SafeTreeOptions } from "#shared/markdown/safe-tree.ts";
import { Skeleton } from "../skeleton.tsx";
import { MarkdownBlocks } from "./markdown-blocks.tsx";
import type { MarkdownSources } from "./markdown-sources.ts";
import { treeOf } from "./safe-tree-source.ts";

type MarkdownProps = SafeTreeOptions & {
  readonly text: string;
  readonly sources: MarkdownSources;
};

/** The tree of a text; suspends until the first screens of a long one are there, then it grows. */
export function useSafeTree(text: string, options: SafeTreeOptions): SafeTree {
  const { current, first, subscribe } = treeOf(text, options);
  const tree = useSyncExternalStore(subscribe, current);
  return tree ?? use(first);
}

/** A text, laid out. While a changed text is being read the former one stays. */
export function Markdown(props: MarkdownProps): ReactElement {
  const text = useDeferredValue(props.text);
  return (
    <Suspense fallback={<Skeleton lines={6} label="Laying out the text" />}>
      <LaidOut {...props} text={text} />
    </Suspense>
  );
}

function LaidOut({ text, sources, ...options }: MarkdownProps): ReactElement {
  const tree = useSafeTree(text, options);
  return <MarkdownBlocks tree={tree} sources={sources} idPrefix={options.idPrefix ?? "md-"} />;
}
