/** A safe tree as React elements. A long one is put on the page bit by bit, so that nothing waits. */
import { toJsxRuntime } from "hast-util-to-jsx-runtime";
import { memo, type ReactElement, startTransition, useEffect, useMemo, useState } from "react";
import { Fragment, jsx, jsxs } from "react/jsx-runtime";
import type { SafeBlock, SafeTree } from "#shared/markdown/safe-tree.ts";
import { Notice } from "../notice.tsx";
import type { MarkdownSources } from "./markdown-sources.ts";
import { type Elements, createElements } from "./markdown-elements.tsx";
import styles from "./markdown.module.css";

/** Blocks that come to the page together: about three screens. */
const together = 60;

type MarkdownBlocksProps = {
  readonly tree: SafeTree;
  readonly sources: MarkdownSources;
  readonly idPrefix: string;
};

/** The blocks of a text. Each carries the line it came from as `data-line`. */
export function MarkdownBlocks({ tree, sources, idPrefix }: MarkdownBlocksProps): ReactElement {
  const elements = useMemo(() => createElements(sources, idPrefix), [sources, idPrefix]);
  const groups = useMemo(() => groupsOf(tree.blocks), [tree]);
  const shown = useGrowing(groups.length);
  return (
    <div className={styles.markdown} dir="auto">
      {tree.notice !== null && <Notice tone="warn">{tree.notice}</Notice>}
      {groups.slice(0, shown).map((blocks, index) => (
        // Groups have no identity but their place.
        // oxlint-disable-next-line react/no-array-index-key
        <Group key={index} blocks={blocks} elements={elements} />
      ))}
      {shown < groups.length && <p className="visually-hidden">More of the text follows.</p>}
    </div>
  );
}

function groupsOf(blocks: readonly SafeBlock[]): readonly (readonly SafeBlock[])[] {
  const count = Math.ceil(blocks.length / together);
  return Array.from({ length: count }, (_, index) =>
    blocks.slice(index * together, (index + 1) * together),
  );
}

/** Grows from the first screens to everything, a piece at a time, and never shrinks. */
function useGrowing(total: number): number {
  const [shown, setShown] = useState(1);
  useEffect(() => {
    if (shown >= total) return undefined;
    const frame = requestAnimationFrame(() => {
      startTransition(() => setShown((count) => count + 2));
    });
    return () => cancelAnimationFrame(frame);
  }, [shown, total]);
  return shown;
}

type GroupProps = { readonly blocks: readonly SafeBlock[]; readonly elements: Elements };

const Group = memo(function Group({ blocks, elements }: GroupProps): ReactElement {
  return (
    <>
      {blocks.map((block, index) => (
        // Blocks have no identity but their place.
        // oxlint-disable-next-line react/no-array-index-key
        <Block key={index} block={block} elements={elements} />
      ))}
    </>
  );
});

type BlockProps = { readonly block: SafeBlock; readonly elements: Elements };

const Block = memo(
  function Block({ block, elements }: BlockProps): ReactElement {
    return (
      <div className={styles.block} data-line={block.line}>
        {toJsxRuntime(block.node, { Fragment, jsx, jsxs, components: elements, passNode: true })}
      </div>
    );
  },
  (before, after) =>
    before.elements === after.elements &&
    before.block.line === after.block.line &&
    sameNode(before.block.node, after.block.node),
);

type Node = SafeBlock["node"];

/** A tree that came from another thread is never the same object, so its content is compared. */
function sameNode(a: Node, b: Node): boolean {
  if (a === b) return true;
  if (a.type !== "element" || b.type !== "element") {
    return a.type === "text" && b.type === "text" && a.value === b.value;
  }
  return (
    a.tagName === b.tagName &&
    a.children.length === b.children.length &&
    JSON.stringify(a.properties) === JSON.stringify(b.properties) &&
    a.children.every((child, index) => {
      const other = b.children[index];
      return other !== undefined && sameNode(child, other);
    })
  );
}
