/** Why a hit was found: the words and where they stand, and what moved it up or down. */
import { CircleHelp } from "lucide-react";
import { cloneElement, type ReactElement, type RefObject, useState } from "react";
import { useAsk } from "#renderer/platform/api.ts";
import { Notice } from "#renderer/ui/notice.tsx";
import { Popover } from "#renderer/ui/popover.tsx";
import { Skeleton } from "#renderer/ui/skeleton.tsx";
import type { Hit } from "#shared/contract/search.ts";
import { reasonSentences, wordSentence } from "./why-sentences.ts";
import styles from "./result-row.module.css";

type WhyThisHitProps = {
  readonly question: RefObject<string>;
  readonly hit: Pick<Hit, "id" | "title">;
};

const icon = <CircleHelp aria-hidden="true" />;

/** A button that explains when it is asked. Rows are drawn at every key, so the panel comes then. */
export function WhyThisHit({ question, hit }: WhyThisHitProps): ReactElement {
  const [asked, setAsked] = useState<{ readonly of: Hit["id"]; readonly text: string }>();
  const [open, setOpen] = useState(true);
  const button = (
    <button type="button" className={styles.whyButton} aria-label={`Why this hit: ${hit.title}`}>
      {icon}
    </button>
  );

  function turn(next: boolean): void {
    // The row may answer another question by now.
    if (next) setAsked({ of: hit.id, text: question.current });
    setOpen(next);
  }

  return (
    <span className={styles.why}>
      {asked?.of !== hit.id ? (
        cloneElement(button, { onClick: () => turn(true) })
      ) : (
        <Popover title="Why this hit" open={open} onOpenChange={turn} trigger={button}>
          <Reasons text={asked.text} id={hit.id} />
        </Popover>
      )}
    </span>
  );
}

function Reasons({ text, id }: { readonly text: string; readonly id: Hit["id"] }): ReactElement {
  const answer = useAsk("search", "explain", { text, id });
  if (answer.isError) return <Notice tone="bad">{answer.error.message}</Notice>;
  if (answer.data === undefined) return <Skeleton lines={3} label="Looking it up" />;
  const { words, reasons } = answer.data;
  return (
    <ul className={styles.reasons}>
      {words.map((word) => (
        <li key={word.asked} dir="auto">
          {wordSentence(word)}
        </li>
      ))}
      {reasons.map((reason) => (
        <li key={reason}>{reasonSentences[reason]}</li>
      ))}
      {words.length === 0 && reasons.length === 0 && <li>It fits the filters.</li>}
    </ul>
  );
}
