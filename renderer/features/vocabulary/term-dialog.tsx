/** Writing a term down: its word, and what else is said for it. */
import { type ReactElement, type SubmitEvent, useId, useState } from "react";
import { Button } from "#renderer/ui/button.tsx";
import { Dialog } from "#renderer/ui/dialog.tsx";
import { Stack } from "#renderer/ui/stack.tsx";
import { TextArea } from "#renderer/ui/text-area.tsx";
import { TextField } from "#renderer/ui/text-field.tsx";
import { folded, wordsIn } from "./term-words.ts";
import type { TermWords } from "./use-terms.ts";

type TermDialogProps = {
  readonly title: string;
  /** What stands in the fields at first. */
  readonly start: TermWords;
  /** Names that other terms have. */
  readonly taken: readonly string[];
  readonly busy: boolean;
  readonly onKeep: (words: TermWords) => void;
  readonly onClose: () => void;
};

/** The dialog; what is wrong is said when it is to be kept. */
export function TermDialog(props: TermDialogProps): ReactElement {
  const { title, start, taken, busy, onKeep, onClose } = props;
  const form = useId();
  const [name, setName] = useState(start.name);
  const [others, setOthers] = useState(start.synonyms.join("\n"));
  const [tried, setTried] = useState(false);
  const synonyms = wordsIn(others, name);
  const noName =
    name.trim() === ""
      ? "Give the word."
      : taken.some((one) => folded(one) === folded(name))
        ? "There is a term of that name. Change that one instead."
        : null;
  const noOthers = synonyms.length === 0 ? "Give at least one other word for it." : null;

  function submit(event: SubmitEvent): void {
    event.preventDefault();
    setTried(true);
    if (noName === null && noOthers === null) onKeep({ name: name.trim(), synonyms });
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form={form} busy={busy}>
            Keep
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit}>
        <Stack gap="normal">
          <TextField
            label="Word"
            value={name}
            onChange={setName}
            maxLength={200}
            error={tried ? noName : null}
          />
          <TextArea
            label="Also said"
            value={others}
            onChange={setOthers}
            rows={4}
            maxLength={2000}
            help="One word or short phrase a line. A search for any of them finds the others too."
            error={tried ? noOthers : null}
          />
        </Stack>
      </form>
    </Dialog>
  );
}
