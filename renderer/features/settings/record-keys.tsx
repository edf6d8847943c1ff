/** Asks for new keys by listening to them. */
import { type KeyboardEvent, type ReactElement, type RefObject, useRef, useState } from "react";
import type { ActiveCommand } from "#renderer/platform/commands.ts";
import { host } from "#renderer/platform/host.ts";
import { isPlain, writePress } from "#renderer/platform/shortcuts.ts";
import { Actions } from "#renderer/ui/actions.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { Dialog } from "#renderer/ui/dialog.tsx";
import { keysAsText } from "#renderer/ui/kbd.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import styles from "./settings.module.css";

export type RecordKeysProps = {
  /** The command whose keys are asked for; null while nothing is asked. */
  readonly command: ActiveCommand | null;
  readonly commands: readonly ActiveCommand[];
  readonly onClose: () => void;
  /** "" takes the keys away. */
  readonly onBind: (id: string, keys: string) => void;
};

/** A dialog with a field that hears keys instead of letters. */
export function RecordKeys({ command, ...rest }: RecordKeysProps): ReactElement {
  const field = useRef<HTMLInputElement>(null);
  return (
    <Dialog
      initialFocus={field}
      open={command !== null}
      onClose={rest.onClose}
      title={command === null ? "Keys" : `Keys for “${command.title}”`}
      description="Press the keys, one after the other for two in a row. Tab and Escape move on and close, as everywhere."
    >
      {command !== null && <Recorder key={command.id} command={command} field={field} {...rest} />}
    </Dialog>
  );
}

type RecorderProps = RecordKeysProps & {
  readonly command: ActiveCommand;
  readonly field: RefObject<HTMLInputElement | null>;
};

function Recorder({ command, commands, field, onBind, onClose }: RecorderProps) {
  const [keys, setKeys] = useState("");
  const taken = commands.find((other) => other.bound === keys && other.id !== command.id);

  function hear(event: KeyboardEvent): void {
    if (event.key === "Tab" || event.key === "Escape") return;
    const pressed = writePress(event, host.platform === "mac");
    if (pressed === null) return;
    event.preventDefault();
    event.stopPropagation();
    if (pressed === "Backspace") setKeys("");
    else setKeys((before) => (isSequence(before, pressed) ? `${before} ${pressed}` : pressed));
  }

  return (
    <div className={styles.recorder}>
      <input
        ref={field}
        className={styles.keys}
        aria-label="New keys"
        readOnly
        placeholder="Press keys"
        value={keysAsText(keys)}
        onKeyDown={hear}
      />
      {taken !== undefined && (
        <Notice tone="warn" live>
          {`“${taken.title}” has these keys now, and will lose them.`}
        </Notice>
      )}
      <Actions>
        <Button variant="quiet" onClick={() => onBind(command.id, "")}>
          No keys
        </Button>
        <Button onClick={onClose}>Cancel</Button>
        <Button variant="primary" disabled={keys === ""} onClick={() => onBind(command.id, keys)}>
          Use these keys
        </Button>
      </Actions>
    </div>
  );
}

/** Two plain keys make a sequence; anything with Mod stands alone. */
function isSequence(before: string, pressed: string): boolean {
  return before !== "" && !before.includes(" ") && isPlain(before) && isPlain(pressed);
}
