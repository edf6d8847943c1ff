/** The Markdown text of a record. */
import type { ReactElement } from "react";
import { RouteLink } from "#renderer/platform/navigation.tsx";
import type { MarkdownSources } from "#renderer/ui/markdown/markdown-sources.ts";
import { MarkdownBlocks } from "#renderer/ui/markdown/markdown-blocks.tsx";
import type { RecordId } from "#shared/domain/ids.ts";
import type { SafeTree } from "#shared/markdown/safe-tree.ts";
import styles from "./text-body.module.css";

type TextBodyProps = {
  readonly tree: SafeTree;
  readonly sources: MarkdownSources;
  readonly id: RecordId;
  /** Nothing was written anywhere in the record. */
  readonly empty: boolean;
};

/** The text, or one honest line where there is none at all. */
export function TextBody({ tree, sources, id, empty }: TextBodyProps): ReactElement | null {
  if (tree.blocks.length > 0)
    return <MarkdownBlocks tree={tree} sources={sources} idPrefix="md-" />;
  if (!empty) return null;
  return (
    <p className={styles.nothing}>
      Nothing has been written here yet. <RouteLink to={{ screen: "edit", id }}>Write it</RouteLink>
    </p>
  );
}
