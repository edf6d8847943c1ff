/**
 * The field in which the question is typed. While an operator is being typed it offers the values
 * that the workspace knows: Down and Up choose, Enter or Tab takes, Escape puts the offer away.
 */
import { Search, X } from "lucide-react";
import { type KeyboardEvent, type ReactElement, type RefObject, useId, useState } from "react";
import { useAsk } from "#renderer/platform/api.ts";
import { OfferedValues } from "./offered-values.tsx";
import { completeToken, type Token, tokenAt } from "./query-text.ts";
import styles from "./search-field.module.css";

type SearchFieldProps = {
  readonly field: RefObject<HTMLInputElement | null>;
  readonly text: string;
  readonly onChange: (text: string) => void;
  /** Down or Enter: on to the results. */
  readonly onLeave: () => void;
};

/** The search field. */
export function SearchField({ field, text, onChange, onLeave }: SearchFieldProps): ReactElement {
  const id = useId();
  const offer = useOffer(text);
  const { values, chosen } = offer;
  const open = values.length > 0;

  function take(input: HTMLInputElement, value: string): void {
    if (offer.token === null) return;
    const completed = completeToken(text, offer.token, value);
    onChange(completed.text);
    input.setSelectionRange(completed.caret, completed.caret);
    offer.moveCaret(completed.caret);
  }

  function press(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.nativeEvent.isComposing) return;
    const value = values[chosen]?.value;
    if (open && value !== undefined && (event.key === "Enter" || event.key === "Tab")) {
      take(event.currentTarget, value);
    } else if (open && event.key === "Escape") offer.close();
    else if (open && event.key === "ArrowDown") offer.choose((chosen + 1) % values.length);
    else if (open && event.key === "ArrowUp") {
      offer.choose((chosen + values.length - 1) % values.length);
    } else if (event.key === "ArrowDown" || event.key === "Enter") onLeave();
    else return;
    event.preventDefault();
  }

  return (
    <search className={styles.search}>
      <Search className={styles.icon} aria-hidden="true" />
      <input
        ref={field}
        className={styles.input}
        type="search"
        role="combobox"
        aria-label="Search everything"
        aria-expanded={open}
        aria-controls={open ? `${id}-values` : undefined}
        aria-autocomplete="list"
        aria-activedescendant={open ? `${id}-${chosen.toString()}` : undefined}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        dir="auto"
        maxLength={2000}
        placeholder="Words, “a phrase”, -without, tag: department: after:"
        value={text}
        onChange={(event) => {
          onChange(event.target.value);
          offer.moveCaret(event.target.selectionStart ?? event.target.value.length);
        }}
        onSelect={(event) => offer.moveCaret(event.currentTarget.selectionStart ?? 0)}
        onFocus={(event) => offer.moveCaret(event.currentTarget.selectionStart ?? 0)}
        onBlur={offer.close}
        onKeyDown={press}
      />
      {text !== "" && (
        <button
          type="button"
          className={styles.clear}
          aria-label="Clear the search"
          onClick={() => onChange("")}
        >
          <X aria-hidden="true" />
        </button>
      )}
      {open && (
        <OfferedValues
          id={id}
          values={values}
          chosen={chosen}
          onTake={(value) => {
            const input = field.current;
            if (input !== null) take(input, value);
          }}
        />
      )}
    </search>
  );
}

/** What is offered for the operator at the caret. */
function useOffer(text: string) {
  const [caret, setCaret] = useState<number | null>(null);
  const [choice, setChoice] = useState<{ readonly token: string; readonly index: number }>();
  const token: Token | null = caret === null ? null : tokenAt(text, Math.min(caret, text.length));
  const key = token === null ? "" : `${token.start.toString()}:${token.operator}:${token.value}`;
  const answer = useAsk(
    "search",
    "operatorValues",
    { operator: token?.operator ?? "tag", text: token?.value ?? "" },
    { enabled: token !== null, keepPrevious: true },
  );
  const values = token === null ? [] : (answer.data ?? []).slice(0, 8);
  const index = choice?.token === key ? choice.index : 0;
  return {
    token,
    values,
    chosen: Math.min(index, Math.max(values.length - 1, 0)),
    choose: (next: number) => setChoice({ token: key, index: next }),
    moveCaret: (at: number) => setCaret(at),
    close: () => setCaret(null),
  };
}
