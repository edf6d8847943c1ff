/** Near duplicates of a hit: they stand behind it until somebody asks for them. */
import { ChevronRight } from "lucide-react";
import { type ReactElement, type RefObject, useId, useState } from "react";
import { useAsk } from "#renderer/platform/api.ts";
import { RouteLink } from "#renderer/platform/navigation.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import { Runs } from "#renderer/ui/runs.tsx";
import { Skeleton } from "#renderer/ui/skeleton.tsx";
import type { Hit } from "#shared/contract/search.ts";
import { HitFacts } from "./hit-facts.tsx";
import styles from "./result-row.module.css";

type AlikeProps = {
  /** Holds the question that the hit answers. */
  readonly question: RefObject<string>;
  readonly hit: Pick<Hit, "id" | "title" | "similar">;
};

/** A button that opens the list in its place. */
export function Alike({ question, hit }: AlikeProps): ReactElement {
  const id = useId();
  const [asked, setAsked] = useState<string>();
  const open = asked !== undefined;
  return (
    <div className={styles.alike}>
      <button
        type="button"
        className={styles.alikeButton}
        aria-label={`and ${hit.similar.toLocaleString()} similar to ${hit.title}`}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setAsked(open ? undefined : question.current)}
      >
        <ChevronRight aria-hidden="true" />
        and {hit.similar.toLocaleString()} similar
      </button>
      {open && (
        <div id={id}>
          <AlikeHits text={asked} of={hit.id} />
        </div>
      )}
    </div>
  );
}

function AlikeHits({ text, of }: { readonly text: string; readonly of: Hit["id"] }): ReactElement {
  const answer = useAsk("search", "alike", { text, id: of });
  if (answer.isError) return <Notice tone="bad">{answer.error.message}</Notice>;
  if (answer.data === undefined) return <Skeleton lines={2} label="Looking them up" />;
  return (
    <ul className={styles.alikeHits}>
      {answer.data.map((hit) => (
        <li key={hit.id}>
          <RouteLink to={{ screen: "record", id: hit.id }} className={styles.alikeTitle} dir="auto">
            <Runs runs={hit.titleRuns} />
          </RouteLink>
          <HitFacts hit={hit} />
        </li>
      ))}
    </ul>
  );
}
