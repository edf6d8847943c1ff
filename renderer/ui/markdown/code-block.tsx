/** A block of code: scrolls sideways, can be reached by keyboard, and copied. */
import { Check, Copy } from "lucide-react";
import { isValidElement, type ReactElement, type ReactNode, useRef, useState } from "react";
import { IconButton } from "../icon-button.tsx";
import styles from "./markdown.module.css";

/** Code, or anything else that is shown as it was written. */
export function CodeBlock({ children }: { readonly children: ReactNode }): ReactElement {
  const code = useRef<HTMLPreElement>(null);
  const [copied, setCopied] = useState(false);
  const literal = literalOf(children);

  async function copy(): Promise<void> {
    await navigator.clipboard.writeText(code.current?.textContent ?? "");
    setCopied(true);
    setTimeout(() => setCopied(false), 2000);
  }

  return (
    <div className={styles.codeBlock} data-literal={literal ?? undefined}>
      {literal !== null && <p className={styles.literalName}>{literal}</p>}
      {/* A wide block scrolls in its own frame, also by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre ref={code} tabIndex={0} aria-label={literal ?? "Code"} role="region">
        {children}
      </pre>
      <IconButton
        className={styles.copy ?? ""}
        icon={copied ? Check : Copy}
        label={copied ? "Copied" : "Copy this code"}
        size="small"
        onClick={() => void copy()}
      />
      <span className="visually-hidden" role="status">
        {copied ? "Copied" : ""}
      </span>
    </div>
  );
}

const names: Readonly<Record<string, string>> = {
  html: "HTML, shown as it was written",
  component: "A component, shown as it was written",
  template: "A template tag, shown as it was written",
  plain: "Text as it was typed",
};

function literalOf(children: ReactNode): string | null {
  if (!isValidElement<{ readonly "data-literal"?: string }>(children)) return null;
  return names[children.props["data-literal"] ?? ""] ?? null;
}
