/** What the results consist of, counted: each value narrows the search, and once more widens it. */
import { Check } from "lucide-react";
import { type ReactElement, useId, useState } from "react";
import { type Output, useAsk } from "#renderer/platform/api.ts";
import { Button } from "#renderer/ui/button.tsx";
import { classNames } from "#renderer/ui/class-names.ts";
import { useSettled } from "#renderer/ui/use-settled.ts";
import type { Chip } from "#shared/contract/search.ts";
import { findFilter, operatorLabels, toggleFilter } from "./query-text.ts";
import styles from "./facet-panel.module.css";

type Facet = Output<"search", "query">["facets"][number];

type FacetPanelProps = {
  /** Whether anybody sees them. */
  readonly counts?: boolean;
  readonly chips: readonly Chip[];
  readonly text: string;
  readonly onChange: (text: string) => void;
};

/** How many values a group shows before it is asked for more. */
const shortLength = 6;

/** Milliseconds without a key before values are counted: all records of an answer are gone through for it. */
const pause = 150;

/** How trust moves a hit, wherever results or the way to them are shown. */
export const trustRule =
  "Where records fit equally well, a verified one comes before an expired one.";

/** The counted filters of what is asked. They follow the results, and stand as they were till then. */
export function FacetPanel(props: FacetPanelProps): ReactElement {
  const { counts = true, chips, text, onChange } = props;
  const settled = useSettled(text, pause);
  const counted = useAsk(
    "search",
    "query",
    { text: settled, offset: 0, limit: 1, facets: true },
    { enabled: counts && settled.trim() !== "", keepPrevious: true },
  );
  const shown = (counted.data?.facets ?? []).filter(({ values }) => values.length > 0);
  return (
    <div className={styles.panel}>
      <p className={styles.none}>{trustRule}</p>
      {counted.isSuccess && shown.length === 0 && (
        <p className={styles.none}>Nothing to narrow down.</p>
      )}
      {shown.map((facet) => (
        <FacetGroup
          key={facet.operator}
          facet={facet}
          chips={chips}
          onToggle={(value) => {
            onChange(toggleFilter(text, chips, { operator: facet.operator, value }));
          }}
        />
      ))}
    </div>
  );
}

type FacetGroupProps = {
  readonly facet: Facet;
  readonly chips: readonly Chip[];
  readonly onToggle: (value: string) => void;
};

function FacetGroup({ facet, chips, onToggle }: FacetGroupProps): ReactElement {
  const id = useId();
  const [all, setAll] = useState(false);
  const values = all ? facet.values : facet.values.slice(0, shortLength);
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className={styles.heading}>
        {operatorLabels[facet.operator]}
      </h2>
      <ul>
        {values.map(({ value, label, count }) => {
          const pressed = findFilter(chips, facet.operator, value) !== undefined;
          return (
            <li key={value}>
              <button
                type="button"
                aria-pressed={pressed}
                className={classNames(styles.value, pressed && styles.pressed)}
                onClick={() => onToggle(value)}
              >
                {pressed && <Check aria-hidden="true" className={styles.check} />}
                <span className={styles.label} dir="auto">
                  {label}
                </span>
                <span className={styles.count}>{count.toLocaleString()}</span>
              </button>
            </li>
          );
        })}
      </ul>
      {facet.values.length > shortLength && (
        <Button size="small" variant="quiet" className={styles.more} onClick={() => setAll(!all)}>
          {all ? "Show fewer" : `Show all ${facet.values.length.toLocaleString()}`}
        </Button>
      )}
    </section>
  );
}
