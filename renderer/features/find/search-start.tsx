/** What stands under an empty field: the searches that were kept, and how to ask precisely. */
import { Pencil, Trash2 } from "lucide-react";
import { memo, type ReactElement, useState } from "react";
import { type Output, useAsk, useTell } from "#renderer/platform/api.ts";
import { RouteLink } from "#renderer/platform/navigation.tsx";
import { Dialog } from "#renderer/ui/dialog.tsx";
import { IconButton } from "#renderer/ui/icon-button.tsx";
import { useToast } from "#renderer/ui/toast.tsx";
import { trustRule } from "./facet-panel.tsx";
import { SaveForm } from "./save-search.tsx";
import { SearchedInVain } from "./searched-in-vain.tsx";
import styles from "./search-start.module.css";

type Saved = Output<"search", "saved">[number];

const examples = [
  { text: '"returns policy"', meaning: "these words, in this order" },
  { text: "refund OR credit", meaning: "either word" },
  { text: "reply -chat", meaning: "without the second word" },
  { text: "type:lesson tag:near-miss", meaning: "lessons with this tag" },
  { text: "status:draft after:2026-01-01", meaning: "drafts changed since then" },
] as const;

type SearchStartProps = {
  /** Whether anybody sees it. */
  readonly shown: boolean;
  readonly onPick: (text: string) => void;
};

/** Saved searches and examples. */
export const SearchStart = memo(function SearchStart(props: SearchStartProps): ReactElement {
  const { shown, onPick } = props;
  const saved = useAsk("search", "saved", {});
  return (
    <div className={styles.start}>
      {saved.data !== undefined && saved.data.length > 0 && (
        <section aria-labelledby="saved-searches">
          <h2 id="saved-searches" className={styles.heading}>
            Saved searches
          </h2>
          <ul>
            {saved.data.map((search) => (
              <SavedSearch key={search.id} search={search} />
            ))}
          </ul>
        </section>
      )}
      <SearchedInVain shown={shown} />
      <section aria-labelledby="search-examples">
        <h2 id="search-examples" className={styles.heading}>
          Ways to ask
        </h2>
        <ul>
          {examples.map(({ text, meaning }) => (
            <li key={text} className={styles.example}>
              <button type="button" className={styles.exampleText} onClick={() => onPick(text)}>
                {text}
              </button>
              <span>{meaning}</span>
            </li>
          ))}
        </ul>
        <p className={styles.hint}>
          Case and accents do not matter. The last word counts while you type it. Filters can be
          picked under the field, too. {trustRule} Words that mean the same find each other: see the{" "}
          <RouteLink to={{ screen: "list", type: "vocabulary_term" }}>vocabulary</RouteLink>.
        </p>
      </section>
    </div>
  );
});

function SavedSearch({ search }: { readonly search: Saved }): ReactElement {
  const toast = useToast();
  const remove = useTell("search", "removeSaved");
  const save = useTell("search", "save");
  const [renaming, setRenaming] = useState(false);

  async function discard(): Promise<void> {
    try {
      await remove.mutateAsync({ id: search.id });
      const { name, text, sort } = search;
      toast.show({
        message: `“${name}” is no longer kept.`,
        action: { label: "Undo", onPress: () => save.mutate({ name, text, sort }) },
      });
    } catch (error) {
      toast.fail(error);
    }
  }

  return (
    <li className={styles.saved}>
      <RouteLink
        to={{ screen: "search", query: search.text, sort: search.sort }}
        className={styles.savedLink}
      >
        <span dir="auto">{search.name}</span>
        <span className={styles.savedText} dir="auto">
          {search.text === search.name ? "" : search.text}
        </span>
      </RouteLink>
      <span className={styles.savedCount}>{search.count.toLocaleString()}</span>
      <IconButton
        icon={Pencil}
        size="small"
        label={`Rename ${search.name}`}
        onClick={() => setRenaming(true)}
      />
      <IconButton
        icon={Trash2}
        size="small"
        label={`Remove ${search.name}`}
        onClick={() => void discard()}
      />
      <Dialog open={renaming} onClose={() => setRenaming(false)} title="Rename the saved search">
        <SaveForm
          id={search.id}
          name={search.name}
          text={search.text}
          sort={search.sort}
          onDone={() => setRenaming(false)}
        />
      </Dialog>
    </li>
  );
}
