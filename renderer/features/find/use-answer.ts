/** The newest answer to what is typed, for a screen that shows the last one until the next is here. */
import { useState } from "react";
import { type Output, useAsk } from "#renderer/platform/api.ts";
import { useLate } from "#renderer/ui/use-late.ts";
import { dropped, questionOf, type Sort } from "./search-question.ts";

export type Answer = Output<"search", "query">;

/** What was answered last. An emptied field puts it aside: it is an answer to nothing any more. */
type Answered = {
  readonly text: string;
  readonly answer: Answer | undefined;
  readonly aside: boolean;
};

type NewestAnswer = Answered & {
  /** Why there is no answer to this text. */
  readonly failure: string | null;
  /** Nothing has been asked, or only a moment ago: the beginning may stand. */
  readonly begins: boolean;
};

/** Milliseconds for which the beginning goes on standing while the first letter's answer is on its way. */
const patience = 250;

/** Milliseconds with an empty field before results are drawn behind the beginning. */
const rest = 100;

/** Follows the text; an answer to an older one that comes late is dropped. */
export function useAnswer(text: string, sort: Sort): NewestAnswer {
  const blank = text.trim() === "";
  const [last, setLast] = useState<Answered>({ text, answer: undefined, aside: blank });
  const rested = useLate(blank, rest);
  const head = useAsk("search", "query", questionOf(text, sort), {
    // Nothing asked is everything found: rows that were made once only change with a first letter.
    enabled: !blank || (rested && last.answer === undefined),
    keepPrevious: true,
    ...dropped,
  });
  const failure = head.isError && !blank ? head.error.message : null;
  const answered = nextOf(last, { text, answer: head.isPlaceholderData ? undefined : head.data });
  if (answered !== last) setLast(answered);
  const late = useLate(!blank && answered.aside && failure === null, patience);
  return { ...answered, failure, begins: blank || (answered.aside && failure === null && !late) };
}

function nextOf(
  last: Answered,
  { text, answer }: { readonly text: string; readonly answer: Answer | undefined },
): Answered {
  const aside = text.trim() === "";
  if (answer === undefined || (aside && last.answer !== undefined)) {
    return aside && !last.aside ? { ...last, aside } : last;
  }
  const same = last.text === text && last.answer === answer && last.aside === aside;
  return same ? last : { text, answer, aside };
}
