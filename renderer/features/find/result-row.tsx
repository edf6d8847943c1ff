/** One hit: what it is, whose it is, how far to rely on it, and where the words were found. */
import { memo, type ReactElement, type RefObject, useEffect, useRef } from "react";
import { RouteLink } from "#renderer/platform/navigation.tsx";
import { Runs } from "#renderer/ui/runs.tsx";
import { TypeIcon } from "#renderer/ui/type-icon.tsx";
import type { Hit } from "#shared/contract/search.ts";
import type { SearchField } from "#shared/domain/field.ts";
import { Alike } from "./alike.tsx";
import { HitFacts } from "./hit-facts.tsx";
import { WhyThisHit } from "./why-this-hit.tsx";
import styles from "./result-row.module.css";

type ResultRowProps = {
  readonly hit: Hit;
  /** Holds the question that it answers; looked at only when the row is asked why. */
  readonly question: RefObject<string>;
  /** The keyboard is here. */
  readonly active: boolean;
  /** Its place among the results. */
  readonly index: number;
  readonly onFocus: (index: number) => void;
};

/** A hit as a row; drawn again only when something about it is new. */
export const ResultRow = memo(function ResultRow(props: ResultRowProps): ReactElement {
  const { hit, question, index, active, onFocus } = props;
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (active) link.current?.focus({ preventScroll: true });
  }, [active]);
  return (
    <div className={styles.row}>
      <TypeIcon type={hit.type} className={styles.icon ?? ""} />
      <div className={styles.text}>
        <RouteLink
          ref={link}
          to={{ screen: "record", id: hit.id }}
          className={styles.title}
          dir="auto"
          onFocus={active ? undefined : () => onFocus(index)}
        >
          <Runs runs={hit.titleRuns} />
        </RouteLink>
        <HitFacts hit={hit} />
        {hit.field !== "title" && hit.snippet.map(({ text }) => text).join("") !== hit.title && (
          <p className={styles.snippet} dir="auto">
            <span className={styles.field}>{fieldLabels[hit.field]}</span>
            <Runs runs={hit.snippet} />
          </p>
        )}
        {hit.similar > 0 && <Alike key={hit.id} question={question} hit={hit} />}
      </div>
      <WhyThisHit question={question} hit={hit} />
    </div>
  );
});

const fieldLabels: Readonly<Record<Exclude<SearchField, "title">, string>> = {
  headings: "Heading",
  steps: "Step",
  prompts: "Prompt",
  tags: "Tag",
  body: "Text",
};
