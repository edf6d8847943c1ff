/** What a command sees of the terminal it runs in; tests give it one of their own. */
import { styleText } from "node:util";

export type Terminal = {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Whether a person watches standard output and standard error. */
  readonly watched: { readonly out: boolean; readonly err: boolean };
  /** Columns of standard output. */
  readonly width: number;
  /** Everything on standard input. */
  readonly readInput: () => Promise<Uint8Array>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Asks a person for a secret without showing it; undefined where nobody can answer. */
  readonly askSecret: (question: string) => Promise<string | undefined>;
  /** Calls back when the person interrupts (Ctrl+C) or the system asks to end. */
  readonly onInterrupt: (call: () => void) => () => void;
};

type Style = "bold" | "dim" | "green" | "red" | "yellow" | "cyan";

/** Colours text where a person watches, and leaves it alone in a file or a pipe. */
export type Paint = (style: Style, text: string) => string;

/** The paint of standard output. */
export function paintFor(terminal: Terminal): Paint {
  const plain = !terminal.watched.out || terminal.environment.NO_COLOR !== undefined;
  return (style, text) => (plain ? text : styleText(style, text, { validateStream: false }));
}
