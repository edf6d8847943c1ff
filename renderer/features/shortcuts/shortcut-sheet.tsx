/** The sheet behind `?`: every command that has keys, with a filter. */
import { type ReactElement, type RefObject, useRef, useState } from "react";
import { type ActiveCommand, commandGroups, useCommandList } from "#renderer/platform/commands.ts";
import { RouteLink } from "#renderer/platform/navigation.tsx";
import { Dialog } from "#renderer/ui/dialog.tsx";
import { Kbd } from "#renderer/ui/kbd.tsx";
import { TextField } from "#renderer/ui/text-field.tsx";
import styles from "./shortcut-sheet.module.css";

type ShortcutSheetProps = { readonly open: boolean; readonly onClose: () => void };

/** What can be done by key on this screen and everywhere. */
export function ShortcutSheet({ open, onClose }: ShortcutSheetProps): ReactElement {
  const filter = useRef<HTMLInputElement>(null);
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Keyboard shortcuts"
      size="wide"
      initialFocus={filter}
    >
      <Sheet onClose={onClose} field={filter} />
    </Dialog>
  );
}

type SheetProps = {
  readonly onClose: () => void;
  readonly field: RefObject<HTMLInputElement | null>;
};

function Sheet({ onClose, field }: SheetProps) {
  const [filter, setFilter] = useState("");
  const commands = useCommandList();
  const shown = commands.filter((command) => command.bound !== null && fits(command, filter));
  return (
    <div className={styles.sheet}>
      <TextField
        ref={field}
        label="Filter"
        hideLabel
        type="search"
        placeholder="Filter by name or key"
        value={filter}
        onChange={setFilter}
      />
      <div className={styles.groups}>
        {commandGroups.map((group) => (
          <Group
            key={group}
            label={group}
            commands={shown.filter((command) => command.group === group)}
          />
        ))}
      </div>
      {shown.length === 0 && <p className={styles.note}>No shortcut fits that.</p>}
      <p className={styles.note}>
        Every one of them can be changed, and single letters switched off, in{" "}
        <RouteLink to={{ screen: "settings", section: "shortcuts" }} onClick={onClose}>
          Settings
        </RouteLink>
        .
      </p>
    </div>
  );
}

function Group(props: { readonly label: string; readonly commands: readonly ActiveCommand[] }) {
  if (props.commands.length === 0) return null;
  return (
    <section>
      <h3 className={styles.label}>{props.label}</h3>
      <dl>
        {props.commands.map((command) => (
          <div key={command.id} className={styles.row}>
            <dt>{command.title}</dt>
            <dd>
              <Kbd keys={command.bound ?? ""} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function fits({ title, group, bound }: ActiveCommand, filter: string): boolean {
  const text = `${title} ${group} ${(bound ?? "").replaceAll("Mod", "Ctrl Cmd")}`.toLowerCase();
  return filter
    .toLowerCase()
    .split(/\s+/u)
    .every((word) => text.includes(word));
}
