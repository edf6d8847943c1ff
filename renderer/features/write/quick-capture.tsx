/** The two-minute way to write something down: what happened, and one tag. The rest can wait. */
import { ChevronDown } from "lucide-react";
import type { ReactElement } from "react";
import { Button } from "#renderer/ui/button.tsx";
import { TextArea } from "#renderer/ui/text-area.tsx";
import { recordTypeOf } from "#shared/domain/record-types.ts";
import { FieldsForm } from "./fields-form.tsx";
import type { Opening } from "./opening.ts";
import type { Writing } from "./use-writing.ts";
import styles from "./write.module.css";

type QuickCaptureProps = {
  readonly opening: Opening;
  readonly writing: Writing;
  readonly onMore: () => void;
};

const quickTypes: ReadonlySet<string> = new Set(["playbook", "lesson", "request"]);
const prompts: Readonly<Record<string, { readonly label: string; readonly help: string }>> = {
  playbook: {
    label: "How it is done",
    help: "Markdown. Steps and prompts have forms of their own under “Every field”.",
  },
  lesson: {
    label: "What happened",
    help: "As you would tell a colleague. Why, and what to do, can follow.",
  },
  request: { label: "What you were looking for", help: "What would the answer let you do?" },
};

/** Whether writing starts with the short form: a new record, or a draft with nothing else in it yet. */
export function startsQuickly({ record, type, draft }: Opening): boolean {
  return record === undefined && draft === null && quickTypes.has(type);
}

/** The short form. A lesson's story is its own field, everything else is the text. */
export function QuickCapture({ opening, writing, onMore }: QuickCaptureProps): ReactElement {
  const { label, help } = prompts[opening.type] ?? { label: "Text", help: "Markdown." };
  const story = opening.type === "lesson" ? writing.content.fields.what_happened : null;
  const value =
    opening.type === "lesson" ? (typeof story === "string" ? story : "") : writing.content.body;
  const kind = opening.type === "lesson" ? ["kind"] : [];
  const tags = recordTypeOf(opening.type)?.fields.tags === undefined ? [] : ["tags"];
  return (
    <div className={styles.quick}>
      <TextArea
        label={label}
        help={help}
        rows={7}
        value={value}
        onChange={(text) => {
          if (opening.type === "lesson") writing.setField("what_happened", text);
          else writing.setBody(text);
        }}
      />
      <FieldsForm opening={opening} writing={writing} names={[...tags, ...kind]} />
      <Button variant="quiet" icon={ChevronDown} onClick={onMore}>
        Every field
      </Button>
    </div>
  );
}
