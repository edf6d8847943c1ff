/**
 * The field in which the question is typed. While an operator is being typed it offers the values
 * that the workspace knows: Down and Up choose, Enter or Tab takes, Escape puts the offer away.
 */
import { Search, X } from "lucide-react";
import {
  type KeyboardEvent,
  type ReactElement,
  type RefObject,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { type Output, useAsk } from "#renderer/platform/api.ts";
import { OfferedValues } from "./offered-values.tsx";
import { completeToken, type Operator, type Token, tokenAt } from "./query-text.ts";
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
  const place = useCaret(field, text);

  function take(value: string): void {
    if (offer.token === null) return;
    const completed = completeToken(text, offer.token, value);
    place.keep(completed);
    onChange(completed.text);
    offer.moveCaret(completed.caret);
  }

  function press(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.nativeEvent.isComposing) return;
    const value = values[chosen]?.value;
    if (open && value !== undefined && (event.key === "Enter" || event.key === "Tab")) {
      take(value);
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
          const { value } = event.target;
          const caret = event.target.selectionStart ?? value.length;
          place.keep({ text: value, caret });
          onChange(value);
          offer.moveCaret(caret);
        }}
        onSelect={(event) => {
          const caret = event.currentTarget.selectionStart ?? 0;
          if (document.activeElement === event.currentTarget) place.keep({ text, caret });
          offer.moveCaret(caret);
        }}
        onFocus={() => offer.moveCaret(place.apply())}
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
      {open && <OfferedValues id={id} values={values} chosen={chosen} onTake={take} />}
    </search>
  );
}

/**
 * Keeps the caret where it belongs in a text that changes from outside: behind a value that was
 * taken, else at the end, where a filter that was begun from the menu waits for its value. Some
 * engines forget the place of a field without the focus, so it is set again when the focus comes.
 */
function useCaret(field: RefObject<HTMLInputElement | null>, text: string) {
  const placed = useRef({ text, caret: text.length });
  useLayoutEffect(() => {
    if (placed.current.text !== text) placed.current = { text, caret: text.length };
    field.current?.setSelectionRange(placed.current.caret, placed.current.caret);
  }, [field, text]);
  return {
    /** Sets the caret again, and says where it is. */
    apply: () => {
      const { caret } = placed.current;
      field.current?.setSelectionRange(caret, caret);
      return caret;
    },
    keep: (place: { readonly text: string; readonly caret: number }) => {
      placed.current = place;
    },
  };
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
    { enabled: token !== null },
  );
  const [last, setLast] = useState<Offer>();
  if (token !== null && answer.data !== undefined && last?.values !== answer.data) {
    setLast({ operator: token.operator, values: answer.data });
  }
  const values = token === null ? [] : (answer.data ?? stillFitting(last, token)).slice(0, 8);
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

type Offer = {
  readonly operator: Operator;
  readonly values: Output<"search", "operatorValues">;
};

/** Of the last offer, what fits what has been typed since: nothing else may be taken meanwhile. */
function stillFitting(last: Offer | undefined, token: Token): Offer["values"] {
  if (last?.operator !== token.operator) return [];
  const typed = token.value.toLowerCase();
  return last.values.filter(({ label }) => label.toLowerCase().includes(typed));
}
