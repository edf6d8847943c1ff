/**
 * The search vocabulary: words that people here use for the same thing, those that Guildhall brings
 * along, and acronyms that records explain. Whoever may keep it changes it; everybody may read it.
 */
import { Plus } from "lucide-react";
import { type ReactElement, useState } from "react";
import { useAsk } from "#renderer/platform/api.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Explanation } from "#renderer/ui/explanation.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import { Page, PageHeader } from "#renderer/ui/page.tsx";
import { Rows } from "#renderer/ui/rows.tsx";
import { Section } from "#renderer/ui/section.tsx";
import { Skeleton } from "#renderer/ui/skeleton.tsx";
import { Stack } from "#renderer/ui/stack.tsx";
import { TextField } from "#renderer/ui/text-field.tsx";
import type { VocabularyEntry } from "#shared/contract/search.ts";
import { TermDialog } from "./term-dialog.tsx";
import { TermRow } from "./term-row.tsx";
import { hasWord, isSwitch, othersOf } from "./term-words.ts";
import { useKeepsVocabulary, useTerms } from "./use-terms.ts";
import styles from "./vocabulary.module.css";

/** The dialog's subject: a new term, or an entry to change. */
type Writing = { readonly entry: VocabularyEntry | null };

/** Search > Vocabulary. */
export function VocabularyScreen(): ReactElement {
  const vocabulary = useAsk("search", "vocabulary", {});
  const keeps = useKeepsVocabulary();
  const [writing, setWriting] = useState<Writing | null>(null);
  const entries = vocabulary.data ?? [];
  return (
    <Page title="Search vocabulary" width="wide">
      <PageHeader
        title="Search vocabulary"
        meta="Words that mean the same. A search for one finds the others too, after what has the very word; “Why this hit” says so."
        actions={
          keeps && (
            <Button variant="primary" icon={Plus} onClick={() => setWriting({ entry: null })}>
              Add words
            </Button>
          )
        }
      />
      {vocabulary.isError && <Notice tone="bad">{vocabulary.error.message}</Notice>}
      {vocabulary.isPending && <Skeleton lines={6} label="Reading the vocabulary" />}
      {vocabulary.data !== undefined && (
        <Entries entries={entries} keeps={keeps} onWrite={setWriting} />
      )}
      {writing !== null && (
        <Write entries={entries} entry={writing.entry} onClose={() => setWriting(null)} />
      )}
    </Page>
  );
}

type EntriesProps = {
  readonly entries: readonly VocabularyEntry[];
  readonly keeps: boolean;
  readonly onWrite: (writing: Writing) => void;
};

const parts = [
  ["workspace", "Here", "Terms of this workspace."],
  [
    "texts",
    "Explained in records",
    "Somebody wrote the long form with its short form in brackets.",
  ],
  [
    "starter",
    "Brought along by Guildhall",
    "Words around AI at work. Changing one makes a term of your own, which takes its place.",
  ],
] as const;

function Entries({ entries, keeps, onWrite }: EntriesProps): ReactElement {
  const terms = useTerms();
  const [wanted, setWanted] = useState("");
  const keeper = keeps
    ? { ...terms, onChange: (entry: VocabularyEntry) => onWrite({ entry }) }
    : undefined;
  const own = entries.filter((entry) => entry.from === "workspace");
  const shown = shownOf(entries).filter((entry) => hasWord(entry, wanted));
  return (
    <Stack gap="wide">
      {!keeps && (
        <Explanation>
          Stewards and leads keep this list. Ask one of them to add what your colleagues say.
        </Explanation>
      )}
      <TextField
        className={styles.find ?? ""}
        type="search"
        label="Find a word"
        hideLabel
        placeholder="Find a word"
        value={wanted}
        onChange={setWanted}
      />
      {own.length === 0 && wanted === "" && (
        <Section title="Here">
          <Explanation>
            No words of your own yet. Where people here say different words for the same thing, put
            them together: a search for one then finds the others.
          </Explanation>
        </Section>
      )}
      {parts.map(([from, title, purpose]) => {
        const some = shown.filter((entry) => entry.from === from);
        if (some.length === 0) return null;
        return (
          <Section key={from} title={title} count={some.length.toLocaleString()}>
            <Explanation>{purpose}</Explanation>
            <Rows label={title}>
              {some.map((entry) => (
                <TermRow
                  key={`${entry.name} ${entry.term ?? ""}`}
                  entry={entry}
                  instead={
                    from === "workspace" ? undefined : own.find(({ term }) => term === entry.term)
                  }
                  keeper={keeper}
                />
              ))}
            </Rows>
          </Section>
        );
      })}
      {shown.length === 0 && wanted !== "" && (
        <Explanation live>No entry has “{wanted.trim()}”.</Explanation>
      )}
    </Stack>
  );
}

/** A term that does nothing but switch another entry off is seen at that entry alone. */
function shownOf(entries: readonly VocabularyEntry[]): readonly VocabularyEntry[] {
  const switched = new Set(
    entries.flatMap(({ from, term }) => (from !== "workspace" && term !== null ? [term] : [])),
  );
  return entries.filter(
    (entry) => !(isSwitch(entry) && entry.term !== null && switched.has(entry.term)),
  );
}

type WriteProps = {
  readonly entries: readonly VocabularyEntry[];
  readonly entry: VocabularyEntry | null;
  readonly onClose: () => void;
};

/** What Guildhall brings along is changed by a term of the workspace that takes its place. */
function Write({ entries, entry, onClose }: WriteProps): ReactElement {
  const { busy, add, change } = useTerms();
  const own = entry?.from === "workspace" ? entry.term : null;
  const others = entries.filter(({ from, term }) => from === "workspace" && term !== own);
  return (
    <TermDialog
      title={entry === null ? "Words that mean the same" : `Change “${entry.name}”`}
      start={{ name: entry?.name ?? "", synonyms: entry === null ? [] : othersOf(entry) }}
      taken={others.map(({ name }) => name)}
      busy={busy}
      onKeep={(words) => (own === null ? add(words, onClose) : change(own, words, onClose))}
      onClose={onClose}
    />
  );
}
