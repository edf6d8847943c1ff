/** Under the field: the filters in force as chips, how to add one, the order, keeping the search. */
import { ListFilterPlus } from "lucide-react";
import { memo, type ReactElement, type RefObject } from "react";
import type { Output } from "#renderer/platform/api.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Chip } from "#renderer/ui/chip.tsx";
import { Menu } from "#renderer/ui/menu.tsx";
import { Select } from "#renderer/ui/select.tsx";
import { statusLabel } from "#renderer/ui/status-badge.tsx";
import { type Chip as Filter, operators } from "#shared/contract/search.ts";
import { recordTypeOf } from "#shared/domain/record-types.ts";
import { NarrowFacets } from "./narrow-facets.tsx";
import { beginFilter, operatorLabels, removeFilter } from "./query-text.ts";
import { SaveSearch } from "./save-search.tsx";
import { currentQuery, type Sort } from "./search-question.ts";
import styles from "./find.module.css";

type FilterBarProps = {
  /** Takes the focus when a filter was begun, for its value to be typed. */
  readonly field: RefObject<HTMLElement | null>;
  readonly text: string;
  readonly sort: Sort;
  readonly answer: Output<"search", "query"> | undefined;
  readonly onChange: (text: string) => void;
  /** The same for a counted filter, which leaves the focus where it is. */
  readonly onNarrow: (text: string) => void;
  readonly onSort: (sort: Sort) => void;
};

/** Chips, and what to do with the search. */
export const FilterBar = memo(function FilterBar(props: FilterBarProps): ReactElement {
  const { field, text, sort, answer, onChange, onNarrow, onSort } = props;
  return (
    <div className={styles.bar}>
      <fieldset className={styles.chips} aria-label="Filters in force">
        {answer?.chips.map((chip) => (
          <FilterChip
            key={chip.text}
            chip={chip}
            onRemove={() => onChange(removeFilter(text, chip))}
          />
        ))}
        <AddFilter field={field} onChange={onChange} />
        {answer !== undefined && answer.total > 0 && (
          <NarrowFacets answer={answer} text={text} onChange={onNarrow} />
        )}
      </fieldset>
      <div className={styles.tools}>
        <output className={styles.total}>{answer !== undefined && totalWords(answer)}</output>
        {answer?.total !== 0 && <Order sort={sort} onSort={onSort} />}
        <SaveSearch text={text} sort={sort} />
      </div>
    </div>
  );
});

/** Like the order, it is not drawn again with each answer: a menu is more work than a row. */
const AddFilter = memo(function AddFilter({
  field,
  onChange,
}: Pick<FilterBarProps, "field" | "onChange">): ReactElement {
  return (
    <Menu
      align="start"
      finalFocus={field}
      trigger={
        <Button size="small" variant="quiet" icon={ListFilterPlus}>
          Add filter
        </Button>
      }
      items={operators.map((operator) => ({
        label: operatorLabels[operator],
        onSelect: () => onChange(beginFilter(currentQuery(), operator)),
      }))}
    />
  );
});

const Order = memo(function Order({
  sort,
  onSort,
}: Pick<FilterBarProps, "sort" | "onSort">): ReactElement {
  return (
    <Select
      label="Sort"
      hideLabel
      size="small"
      value={sort}
      onChange={(value) => onSort(value === "date" ? "date" : "relevance")}
      options={[
        { value: "relevance", label: "Best match" },
        { value: "date", label: "Last changed" },
      ]}
    />
  );
});

function totalWords({ total, more }: Output<"search", "query">): string {
  if (total === 0) return "No results";
  const results = total === 1 ? "1 result" : `${total.toLocaleString()} results`;
  return more ? `At least ${results}` : results;
}

type FilterChipProps = { readonly chip: Filter; readonly onRemove: () => void };

function FilterChip({ chip, onRemove }: FilterChipProps): ReactElement {
  const label = `${chip.negated ? "not " : ""}${operatorLabels[chip.operator].toLowerCase()}`;
  const value = valueLabel(chip.operator, chip.value);
  return (
    <Chip
      tone={chip.known ? "plain" : "warn"}
      onRemove={onRemove}
      removeLabel={`Remove the filter ${label} ${value}`}
    >
      <span className={styles.chipOperator}>{label}</span>
      <span dir="auto">{value === "" ? "…" : value}</span>
      {!chip.known && chip.value !== "" && <span>(nothing here by that name)</span>}
    </Chip>
  );
}

/** A filter's value as a person says it: `skill_domain` is "Skill domain". */
export function valueLabel(operator: Filter["operator"], value: string): string {
  if (operator === "type") return recordTypeOf(value)?.label ?? value;
  return operator === "status" ? statusLabel(value) : value;
}
