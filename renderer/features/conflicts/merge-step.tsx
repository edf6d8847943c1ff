/** Two versions of a text become one: each place that clashes is decided, the rest can be edited. */
import { type ReactElement, type RefObject, useEffect, useRef, useState } from "react";
import { Actions } from "#renderer/ui/actions.tsx";
import { Badge } from "#renderer/ui/badge.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { Explanation } from "#renderer/ui/explanation.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import { Quiet } from "#renderer/ui/quiet.tsx";
import { Section } from "#renderer/ui/section.tsx";
import { Version, Versions } from "#renderer/ui/versions.tsx";
import {
  createMergeEditor,
  type MergeEditor,
  placesAtStart,
  type PlaceNow,
} from "./merge-editor.ts";
import { both, type MergePlace, mergeStart, type MergeStart } from "./merge-places.ts";
import styles from "./conflicts.module.css";

/** A version of the text and whose it is. */
export type TextVersion = { readonly name: string; readonly text: string; readonly when?: string };

type MergeStepProps = {
  readonly base: string;
  readonly left: TextVersion;
  readonly right: TextVersion;
  readonly busy: boolean;
  readonly failure: string | null;
  readonly doneLabel: string;
  readonly onDone: (text: string) => void;
};

/** The places, the text that comes out, and going on once every place is decided. */
export function MergeStep(props: MergeStepProps): ReactElement {
  const { left, right } = props;
  const { start, text, now, parent, take } = useMergeEditor(props);
  const open = now.filter(({ decided }) => !decided).length;
  return (
    <>
      <Notice tone={open === 0 ? "good" : "warn"} title={openWords(open)} live>
        {start.places.length === 0
          ? "What the two wrote meets without a clash. Read it over, then go on."
          : "Everything else is merged already, with the words of both. Whatever you make of it, all versions stay in the history."}
      </Notice>
      {start.places.length > 1 && <Everywhere places={start.places} {...{ left, right, take }} />}
      {start.places.map((place, index) => (
        <PlaceChoice
          key={place.from}
          title={`Place ${(index + 1).toLocaleString()} of ${start.places.length.toLocaleString()}`}
          place={place}
          now={now[index]}
          names={[left, right]}
          onTake={(chosen) => take(index, chosen)}
        />
      ))}
      <Section title="The text that comes out">
        <Explanation>You can write in it as well.</Explanation>
        <div ref={parent} className={styles.editor} />
      </Section>
      <Done {...props} open={open} text={text} />
    </>
  );
}

type Editing = {
  readonly start: MergeStart;
  readonly text: string;
  readonly now: readonly PlaceNow[];
  readonly parent: RefObject<HTMLDivElement | null>;
  readonly take: MergeEditor["take"];
};

function useMergeEditor({ base, left, right }: MergeStepProps): Editing {
  const [start] = useState(() => mergeStart(base, left.text, right.text));
  const [text, setText] = useState(start.text);
  const [now, setNow] = useState(() => placesAtStart(start));
  const parent = useRef<HTMLDivElement>(null);
  const editor = useRef<MergeEditor | null>(null);
  useEffect(() => {
    if (parent.current === null) return undefined;
    const made = createMergeEditor({
      parent: parent.current,
      start,
      onChange: (next, places) => {
        setText(next);
        setNow(places);
      },
    });
    editor.current = made;
    return () => made.destroy();
  }, [start]);
  return { start, text, now, parent, take: (place, taken) => editor.current?.take(place, taken) };
}

type EverywhereProps = Pick<MergeStepProps, "left" | "right"> & {
  readonly places: readonly MergePlace[];
  readonly take: MergeEditor["take"];
};

/** For texts that clash in many places, of which one is simply the better. */
function Everywhere({ places, left, right, take }: EverywhereProps) {
  const takeAll = (of: (place: MergePlace) => string) => {
    for (const [index, place] of places.entries()) take(index, of(place));
  };
  return (
    <Actions>
      <Button size="small" onClick={() => takeAll(({ a }) => a)}>
        {left.name} everywhere
      </Button>
      <Button size="small" onClick={() => takeAll(({ b }) => b)}>
        {right.name} everywhere
      </Button>
      <Button size="small" onClick={() => takeAll(both)}>
        Both everywhere
      </Button>
    </Actions>
  );
}

type DoneProps = MergeStepProps & { readonly open: number; readonly text: string };

function Done({ failure, busy, open, text, doneLabel, onDone }: DoneProps) {
  return (
    <>
      {failure !== null && (
        <Notice tone="bad" live title="Not saved">
          {failure}
        </Notice>
      )}
      <Actions>
        <Button variant="primary" busy={busy} disabled={open > 0} onClick={() => onDone(text)}>
          {doneLabel}
        </Button>
        {open > 0 && <Quiet>{openWords(open)}.</Quiet>}
      </Actions>
    </>
  );
}

function openWords(open: number): string {
  if (open === 0) return "Every place is decided";
  return open === 1 ? "1 place is open" : `${open.toLocaleString()} places are open`;
}

type PlaceChoiceProps = {
  readonly title: string;
  readonly place: MergePlace;
  readonly now: PlaceNow | undefined;
  readonly names: readonly [TextVersion, TextVersion];
  readonly onTake: (text: string) => void;
};

function PlaceChoice({ title, place, now, names, onTake }: PlaceChoiceProps) {
  const [left, right] = names;
  const columns = [
    { key: "base", name: "Before both", when: undefined, text: place.base },
    { key: "a", name: left.name, when: left.when, text: place.a },
    { key: "b", name: right.name, when: right.when, text: place.b },
  ] as const;
  const decided = now?.decided === true;
  const taken = decided ? columns.findLast(({ text }) => text === now.text) : undefined;
  const isBoth = decided && taken === undefined && now.text === both(place);
  return (
    <fieldset className={styles.place}>
      <legend className={styles.legend}>
        {title}{" "}
        {decided ? (
          <Badge tone="good">{isBoth ? "Both" : (taken?.name ?? "By hand")}</Badge>
        ) : (
          <Badge tone="warn">Open</Badge>
        )}
      </legend>
      <Versions>
        {columns.map(({ key, name, when, text }) => (
          <Version
            key={key}
            taken={taken?.key === key}
            whose={
              <>
                <strong dir="auto">{name}</strong>
                {when !== undefined && <span>{when}</span>}
              </>
            }
            action={
              <Button
                size="small"
                aria-label={`Take this: ${name}, ${title.toLowerCase()}`}
                onClick={() => onTake(text)}
              >
                Take this
              </Button>
            }
          >
            <span className={styles.around}>{place.before}</span>
            {text === "" ? (
              <em className={styles.around}>(nothing)</em>
            ) : (
              <mark className={styles.variant}>{text}</mark>
            )}
            <span className={styles.around}>{place.after}</span>
          </Version>
        ))}
      </Versions>
      <Button
        size="small"
        className={styles.both}
        aria-label={`Take both, ${title.toLowerCase()}`}
        onClick={() => onTake(both(place))}
      >
        Take both
      </Button>
    </fieldset>
  );
}
