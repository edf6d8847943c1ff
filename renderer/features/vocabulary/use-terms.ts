/** What a keeper of the vocabulary does with its terms; each deed can be taken back. */
import { useAsk, useTell } from "#renderer/platform/api.ts";
import { showDone } from "#renderer/platform/undo.ts";
import { useToast } from "#renderer/ui/toast.tsx";
import type { VocabularyEntry } from "#shared/contract/search.ts";
import type { RecordId } from "#shared/domain/ids.ts";

/** A term as it is written down. */
export type TermWords = { readonly name: string; readonly synonyms: readonly string[] };

export type Terms = {
  readonly busy: boolean;
  readonly add: (words: TermWords, onDone?: () => void) => void;
  readonly change: (id: RecordId, words: TermWords, onDone?: () => void) => void;
  /** Search takes no notice of the entry from now on, one that Guildhall brings along too. */
  readonly switchOff: (entry: VocabularyEntry) => void;
  readonly switchOn: (entry: VocabularyEntry) => void;
  readonly remove: (entry: VocabularyEntry) => void;
};

/** Whether the person may keep the vocabulary: alone anybody, in a library its stewards and leads. */
export function useKeepsVocabulary(): boolean {
  const sharing = useAsk("sharing", "state", {});
  if (sharing.data === undefined) return false;
  const { state, roles } = sharing.data;
  return state !== "sharing" || roles.some(({ role }) => role === "steward" || role === "lead");
}

/** The deeds. */
export function useTerms(): Terms {
  const toast = useToast();
  const create = useTell("records", "create");
  const edit = useTell("records", "edit");
  const remove = useTell("records", "remove");

  const said = (message: string, onDone?: () => void) => ({
    onSuccess: ({ action }: { readonly action: RecordId | null }) => {
      showDone(message, action);
      onDone?.();
    },
    onError: toast.fail,
  });
  const fieldsOf = ({ name, synonyms }: TermWords) => ({ name, synonyms: [...synonyms] });
  const make = (fields: Record<string, string | boolean | string[]>) => ({
    type: "vocabulary_term",
    fields,
  });
  const drop = ({ term }: VocabularyEntry, message: string) => {
    if (term !== null) remove.mutate({ ids: [term] }, said(message));
  };

  return {
    busy: create.isPending || edit.isPending || remove.isPending,
    add: (words, onDone) =>
      create.mutate(make(fieldsOf(words)), said(`“${words.name}” is in the vocabulary.`, onDone)),
    change: (id, words, onDone) =>
      edit.mutate({ id, fields: fieldsOf(words) }, said(`“${words.name}” is changed.`, onDone)),
    switchOff: ({ name, term, from }) => {
      const done = said(`“${name}” is switched off.`);
      if (from === "workspace" && term !== null) {
        edit.mutate({ id: term, fields: { switched_off: true } }, done);
      } else create.mutate(make({ name, switched_off: true }), done);
    },
    switchOn: (entry) => {
      const { name, term, from } = entry;
      if (from !== "workspace") drop(entry, `“${name}” is used again.`);
      else if (term !== null) {
        const fields = { switched_off: null };
        edit.mutate({ id: term, fields }, said(`“${name}” is used again.`));
      }
    },
    remove: (entry) => drop(entry, `“${entry.name}” is in the trash.`),
  };
}
