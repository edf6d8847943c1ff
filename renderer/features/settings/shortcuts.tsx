/** The keys of every command, to be changed one by one. */
import { RotateCcw } from "lucide-react";
import { type ReactElement, useState } from "react";
import { type ActiveCommand, commandGroups, useCommandList } from "#renderer/platform/commands.ts";
import { Button } from "#renderer/ui/button.tsx";
import { IconButton } from "#renderer/ui/icon-button.tsx";
import { Kbd } from "#renderer/ui/kbd.tsx";
import { Switch } from "#renderer/ui/switch.tsx";
import { TextField } from "#renderer/ui/text-field.tsx";
import { RecordKeys } from "./record-keys.tsx";
import styles from "./settings.module.css";
import { useSettings } from "./use-settings.ts";

/** The list of commands with their keys. */
export function Shortcuts(): ReactElement {
  const { settings, change } = useSettings();
  const commands = useCommandList();
  const [filter, setFilter] = useState("");
  const [changing, setChanging] = useState<ActiveCommand | null>(null);
  const shown = commands.filter(({ title }) => title.toLowerCase().includes(filter.toLowerCase()));
  const changed = Object.keys(settings.shortcuts).length > 0;

  function bind(id: string, keys: string): void {
    // A key belongs to one command: whoever had it before loses it.
    const others = commands.filter(
      (other) => keys !== "" && other.bound === keys && other.id !== id,
    );
    const lost = Object.fromEntries(others.map((other) => [other.id, ""]));
    change({ shortcuts: { ...settings.shortcuts, ...lost, [id]: keys } });
    setChanging(null);
  }
  function reset(id: string): void {
    const { [id]: _, ...kept } = settings.shortcuts;
    change({ shortcuts: kept });
  }

  return (
    <>
      <Switch
        label="Single letters are shortcuts"
        help="J and K, ?, and the like. Switch them off if you dictate or if keys are pressed by accident; what is typed in a field is never a shortcut."
        checked={settings.singleKeyShortcuts}
        onChange={(singleKeyShortcuts) => change({ singleKeyShortcuts })}
      />
      <div className={styles.tools}>
        <TextField
          label="Find a command"
          hideLabel
          type="search"
          placeholder="Find a command"
          value={filter}
          onChange={setFilter}
        />
        <Button disabled={!changed} onClick={() => change({ shortcuts: {} })}>
          Reset all
        </Button>
      </div>
      {commandGroups.map((group) => (
        <Group
          key={group}
          label={group}
          commands={shown.filter((command) => command.group === group)}
          changed={settings.shortcuts}
          onChange={setChanging}
          onReset={reset}
        />
      ))}
      <RecordKeys
        command={changing}
        commands={commands}
        onClose={() => setChanging(null)}
        onBind={bind}
      />
    </>
  );
}

type GroupProps = {
  readonly label: string;
  readonly commands: readonly ActiveCommand[];
  readonly changed: Readonly<Record<string, string>>;
  readonly onChange: (command: ActiveCommand) => void;
  readonly onReset: (id: string) => void;
};

function Group({ label, commands, changed, onChange, onReset }: GroupProps) {
  if (commands.length === 0) return null;
  return (
    <section>
      <h2 className={styles.label}>{label}</h2>
      <ul>
        {commands.map((command) => (
          <li key={command.id} className={styles.row}>
            <span className={styles.grow}>{command.title}</span>
            {command.bound === null ? (
              <span className={styles.faint}>no keys</span>
            ) : (
              <Kbd keys={command.bound} />
            )}
            {command.id in changed && (
              <IconButton
                icon={RotateCcw}
                size="small"
                label={`Reset the keys of “${command.title}”`}
                onClick={() => onReset(command.id)}
              />
            )}
            <Button
              size="small"
              aria-label={`Change the keys of “${command.title}”`}
              onClick={() => onChange(command)}
            >
              Change
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
