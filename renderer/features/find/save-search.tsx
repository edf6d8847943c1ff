/** Keeping the search under a name; a search that is kept says so. */
import { Bookmark, BookmarkCheck } from "lucide-react";
import { type FormEvent, type ReactElement, useState } from "react";
import { useAsk, useTell } from "#renderer/platform/api.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Popover } from "#renderer/ui/popover.tsx";
import { TextField } from "#renderer/ui/text-field.tsx";
import { useToast } from "#renderer/ui/toast.tsx";
import styles from "./find.module.css";

type SaveSearchProps = { readonly text: string; readonly sort: "relevance" | "date" };

/** A button with a name to give. */
export function SaveSearch({ text, sort }: SaveSearchProps): ReactElement {
  const saved = useAsk("search", "saved", {});
  const [open, setOpen] = useState(false);
  const known = saved.data?.find((search) => search.text === text.trim());
  return (
    <Popover
      title={known === undefined ? "Save this search" : "Saved search"}
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button size="small" variant="quiet" icon={known === undefined ? Bookmark : BookmarkCheck}>
          {known === undefined ? "Save" : "Saved"}
        </Button>
      }
    >
      <SaveForm
        id={known?.id}
        name={known?.name ?? text.trim().slice(0, 200)}
        text={text.trim()}
        sort={sort}
        onDone={() => setOpen(false)}
      />
    </Popover>
  );
}

type SaveFormProps = {
  readonly id: string | undefined;
  readonly name: string;
  readonly text: string;
  readonly sort: "relevance" | "date";
  readonly onDone: () => void;
};

/** The form in which a saved search gets its name; also used to rename one. */
export function SaveForm({ id, name: first, text, sort, onDone }: SaveFormProps): ReactElement {
  const toast = useToast();
  const save = useTell("search", "save");
  const [name, setName] = useState(first);

  async function keep(event: FormEvent): Promise<void> {
    event.preventDefault();
    try {
      await save.mutateAsync({ ...(id !== undefined && { id }), name: name.trim(), text, sort });
      if (id === undefined) toast.show({ message: `“${name.trim()}” is kept in the sidebar.` });
      onDone();
    } catch (error) {
      toast.fail(error);
    }
  }

  return (
    <form className={styles.saveForm} onSubmit={(event) => void keep(event)}>
      <TextField label="Name" value={name} onChange={setName} maxLength={200} required />
      <Button
        type="submit"
        variant="primary"
        size="small"
        disabled={name.trim() === ""}
        busy={save.isPending}
      >
        {id === undefined ? "Save" : "Rename"}
      </Button>
    </form>
  );
}
