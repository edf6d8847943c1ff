/** The counted filters behind a button, where there is no room beside the results. */
import { SlidersHorizontal } from "lucide-react";
import type { ReactElement } from "react";
import type { Output } from "#renderer/platform/api.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Popover } from "#renderer/ui/popover.tsx";
import { FacetPanel } from "./facet-panel.tsx";
import styles from "./find.module.css";

type NarrowFacetsProps = {
  readonly answer: Output<"search", "query">;
  readonly text: string;
  readonly onChange: (text: string) => void;
};

/** A button and the panel that it opens; both exist on a narrow window only. */
export function NarrowFacets({ answer, text, onChange }: NarrowFacetsProps): ReactElement {
  return (
    <div className={styles.narrowOnly}>
      <Popover
        title="Filters"
        trigger={
          <Button size="small" variant="quiet" icon={SlidersHorizontal}>
            Filters
          </Button>
        }
      >
        <FacetPanel chips={answer.chips} text={text} onChange={onChange} />
      </Popover>
    </div>
  );
}
