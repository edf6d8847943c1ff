/** A block of code: scrolls sideways, can be reached by keyboard, and copied. */
import { Check, Copy } from "lucide-react";
import { type ReactElement, type ReactNode, useRef, useState } from "react";
import { announce } from "../announce.tsx";
import { IconButton } from "../icon-button.tsx";
import { scrollable } from "../scrollable.ts";
import styles from "./code-block.module.css";

type CodeBlockProps = {
  /** Says what it is where it is not code of the author's, but something that is not run. */
  readonly literal: string | null;
  readonly children: ReactNode;
};

/** Code, or anything else that is shown as it was written. */
export function CodeBlock({ literal, children }: CodeBlockProps): ReactElement {
  const code = useRef<HTMLPreElement>(null);
  const [copied, setCopied] = useState(false);

  async function copy(): Promise<void> {
    await navigator.clipboard.writeText(code.current?.textContent ?? "");
    setCopied(true);
    announce("The code is on the clipboard.");
    setTimeout(() => setCopied(false), 2000);
  }

  return (
    <div className={styles.block} data-literal={literal ?? undefined}>
      {literal !== null && <p className={styles.name}>{literal}</p>}
      <pre ref={code} {...scrollable(literal ?? "Code")}>
        {children}
      </pre>
      <IconButton
        className={styles.copy ?? ""}
        icon={copied ? Check : Copy}
        label={copied ? "Copied" : "Copy this code"}
        size="small"
        onClick={() => void copy()}
      />
    </div>
  );
}
