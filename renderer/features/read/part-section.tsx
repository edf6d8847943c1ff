/** A part of the reading page with a heading that the table of contents leads to. */
import type { ReactElement, ReactNode } from "react";
import { Markdown } from "#renderer/ui/markdown/markdown.tsx";
import type { MarkdownSources } from "#renderer/ui/markdown/markdown-sources.ts";
import styles from "./part-section.module.css";

type PartSectionProps = {
  /** The field it shows. */
  readonly field: string;
  readonly label: string;
  readonly children: ReactNode;
};

/** A part under its heading. */
export function PartSection({ field, label, children }: PartSectionProps): ReactElement {
  const id = `part-${field}`;
  return (
    <section className={styles.part} aria-labelledby={id}>
      <h2 id={id} tabIndex={-1}>
        {label}
      </h2>
      {children}
    </section>
  );
}

type MarkdownPartProps = Omit<PartSectionProps, "children"> & {
  readonly text: string;
  readonly sources: MarkdownSources;
};

/** A part that is a Markdown text of its own; nothing where it is empty. */
export function MarkdownPart({ field, label, text, sources }: MarkdownPartProps) {
  if (text.trim() === "") return null;
  return (
    <PartSection field={field} label={label}>
      <Markdown text={text} sources={sources} idPrefix={`${field}-`} topLevel={3} />
    </PartSection>
  );
}
