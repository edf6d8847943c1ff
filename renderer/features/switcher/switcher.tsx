/**
 * The quick switcher: a title with a slip in it, a command, a tag or a person, and Enter. It is not
 * the search screen; it looks at titles only and opens one thing.
 */
import { Autocomplete } from "@base-ui/react/autocomplete";
import { Dialog } from "@base-ui/react/dialog";
import { type ReactElement, useState } from "react";
import { recordIdSchema } from "#shared/domain/ids.ts";
import { ask, useAsk } from "#renderer/platform/api.ts";
import { useCommandList } from "#renderer/platform/commands.ts";
import { navigate } from "#renderer/platform/navigation.tsx";
import { showFailure } from "#renderer/ui/toast.tsx";
import { EntryRow } from "./entry-row.tsx";
import {
  type Entry,
  entryGroups,
  type EntryGroup,
  type Question,
  readQuestion,
} from "./switcher-entries.ts";
import styles from "./switcher.module.css";

export type SwitcherProps = {
  readonly open: boolean;
  /** What stands in the field at first: "" or ">". */
  readonly start: string;
  readonly onClose: () => void;
};

/** The switcher over the page; the focus returns to where it was. */
export function Switcher({ open, start, onClose }: SwitcherProps): ReactElement {
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={styles.backdrop} />
        <Dialog.Popup className={styles.popup} aria-label="Quick switcher">
          <Choices start={start} onClose={onClose} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

const limit = 12;

function Choices({ start, onClose }: Pick<SwitcherProps, "start" | "onClose">) {
  const [typed, setTyped] = useState(start);
  const commands = useCommandList();
  const question = readQuestion(typed);
  const records = question.kind === "commands" ? "records" : question.kind;
  const input = { text: question.text, kind: records, limit };
  const found = useAsk("search", "switcher", input, {
    enabled: question.kind !== "commands",
    keepPrevious: true,
  });
  const groups = entryGroups(question, found.data ?? [], commands);

  function choose(entry: Entry): void {
    onClose();
    run(entry);
  }
  /** What is shown may still answer the letter before: then the answer is awaited. */
  async function chooseFirst(): Promise<void> {
    try {
      const [first] = entryGroups(question, await ask("search", "switcher", input), commands);
      if (first?.items[0] !== undefined) choose(first.items[0]);
    } catch (error) {
      showFailure(error);
    }
  }

  return (
    <Autocomplete.Root
      open
      inline
      items={groups}
      filter={null}
      value={typed}
      onValueChange={(value, { reason }) => {
        if (reason !== "item-press") setTyped(value);
      }}
      itemToStringValue={(entry: Entry) => entry.title}
      autoHighlight="always"
      keepHighlight
    >
      <Autocomplete.Input
        className={styles.input}
        dir="auto"
        aria-label="Go to a page, or > command, # tag, @ person, d: department"
        placeholder="Go to a page, or  > command  # tag  @ person  d: department"
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
          if (!found.isPlaceholderData || question.kind === "commands") return;
          event.preventBaseUIHandler();
          event.preventDefault();
          void chooseFirst();
        }}
      />
      <Autocomplete.Status className="visually-hidden">{count(groups)}</Autocomplete.Status>
      <Autocomplete.List className={styles.list}>
        {(group: EntryGroup) => (
          <Autocomplete.Group key={group.label} items={group.items}>
            <Autocomplete.GroupLabel className={styles.label}>
              {group.label}
            </Autocomplete.GroupLabel>
            <Autocomplete.Collection>
              {(entry: Entry) => (
                <Autocomplete.Item
                  key={entry.key}
                  value={entry}
                  className={styles.item}
                  onClick={() => choose(entry)}
                >
                  <EntryRow entry={entry} />
                </Autocomplete.Item>
              )}
            </Autocomplete.Collection>
          </Autocomplete.Group>
        )}
      </Autocomplete.List>
      {groups.length === 0 && !found.isPending && (
        <p className={styles.nothing}>{found.error?.message ?? nothing(question.kind)}</p>
      )}
    </Autocomplete.Root>
  );
}

function run(entry: Entry): void {
  switch (entry.kind) {
    case "record":
      navigate({ screen: "record", id: recordIdSchema.parse(entry.id) });
      return;
    case "tag":
      navigate({ screen: "search", query: `tag:"${entry.title.replaceAll('"', "")}" ` });
      return;
    case "command":
      entry.command.run();
      return;
    case "search":
      navigate({ screen: "search", query: entry.title });
      return;
    case "create":
      navigate({ screen: "new", type: entry.type, title: entry.title });
  }
}

function count(groups: readonly EntryGroup[]): string {
  const entries = groups.reduce((sum, group) => sum + group.items.length, 0);
  return entries === 1 ? "1 choice" : `${entries.toString()} choices`;
}

function nothing(kind: Question["kind"]): string {
  switch (kind) {
    case "commands":
      return "No command is called that.";
    case "tags":
      return "No page carries such a tag.";
    case "people":
      return "Nobody is called that here.";
    case "departments":
      return "No department is called that.";
    case "records":
      return "Pages you open appear here. Type to find one by its title.";
  }
}
