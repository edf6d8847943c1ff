/** How the elements of a text look and behave: links, images, code, tables, notes, task boxes. */
import type { Element } from "hast";
import type { Components } from "hast-util-to-jsx-runtime";
import { Check, Square } from "lucide-react";
import type { MouseEvent, ReactElement, ReactNode } from "react";
import { scrollable } from "../scrollable.ts";
import { CodeBlock } from "./code-block.tsx";
import type { MarkdownSources } from "./markdown-sources.ts";
import styles from "./markdown-elements.module.css";
import { Note } from "./note.tsx";

export type Elements = Partial<Components>;

/** The elements for one text. */
export function createElements(sources: MarkdownSources, idPrefix: string): Elements {
  return {
    a: ({ node, children, href, id }) => {
      const target = said(node, "dataTarget");
      if (target === "") return <JumpLink {...{ href, id, idPrefix, children }} />;
      if (target.startsWith("#")) return <JumpLink {...{ href: target, id, idPrefix, children }} />;
      return sources.link(target, children);
    },
    img: ({ node, alt = "" }) => {
      const target = said(node, "dataTarget");
      return <Picture url={sources.imageUrl(target)} alt={alt} target={target} />;
    },
    pre: ({ node, children }) => {
      const code = node?.children[0];
      const literal = code?.type === "element" ? said(code, "dataLiteral") : "";
      return <CodeBlock literal={literalNames[literal] ?? null}>{children}</CodeBlock>;
    },
    code: ({ node, children }) => {
      const literal = literalNames[said(node, "dataLiteral")];
      const className = literal === undefined ? styles.code : styles.literal;
      return (
        <code className={className} title={literal}>
          {children}
        </code>
      );
    },
    table: ({ children }) => (
      <div className={styles.scroll} {...scrollable("Table")}>
        <table>{children}</table>
      </div>
    ),
    input: ({ checked }) => <TaskBox done={checked === true} />,
    aside: ({ node, children }) => (
      <Note kind={said(node, "dataNote")} title={said(node, "dataTitle")}>
        {children}
      </Note>
    ),
    span: ({ node, title, children }) => (
      <span className={said(node, "dataDropped") === "" ? undefined : styles.dropped} title={title}>
        {children}
      </span>
    ),
  };
}

/** A property of the tree's element; "" where it has none. */
function said(node: Element | undefined, property: string): string {
  const value = node?.properties[property];
  return typeof value === "string" ? value : "";
}

const literalNames: Readonly<Record<string, string>> = {
  html: "HTML, shown as it was written",
  component: "A component, shown as it was written",
  template: "A template tag, shown as it was written",
  plain: "Text as it was typed",
};

type JumpLinkProps = {
  readonly href: string | undefined;
  readonly id: string | undefined;
  readonly idPrefix: string;
  readonly children: ReactNode;
};

/** A link within the text. The address of the page is the app's, so it moves the page itself. */
function JumpLink({ href = "", id, idPrefix, children }: JumpLinkProps): ReactElement {
  function jump(event: MouseEvent): void {
    event.preventDefault();
    const name = decoded(href.slice(1));
    const target =
      document.getElementById(name) ??
      document.getElementById(idPrefix + name) ??
      document.getElementById(idPrefix + name.toLowerCase());
    target?.scrollIntoView({ block: "start" });
    target?.focus({ preventScroll: true });
  }
  return (
    <a href={href} id={id} onClick={jump}>
      {children}
    </a>
  );
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A stray percent sign is part of the name.
    return text;
  }
}

type PictureProps = { readonly url: string | null; readonly alt: string; readonly target: string };

function Picture({ url, alt, target }: PictureProps): ReactElement {
  if (url === null) {
    return <span className={styles.missing}>Image missing: {alt === "" ? target : alt}</span>;
  }
  return <img className={styles.image} src={url} alt={alt} loading="lazy" decoding="async" />;
}

function TaskBox({ done }: { readonly done: boolean }): ReactElement {
  const Icon = done ? Check : Square;
  return (
    <span className={styles.task} data-done={done}>
      <Icon aria-hidden="true" />
      <span className="visually-hidden">{done ? "Done: " : "To do: "}</span>
    </span>
  );
}
