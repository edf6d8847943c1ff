/** What the quick switcher offers for what is typed. Pure: screens and tests share it. */
import type { Output } from "#renderer/platform/api.ts";
import type { ActiveCommand } from "#renderer/platform/commands.ts";

/** What kind of thing is looked for, by what is typed first. */
export type Question = {
  readonly kind: "records" | "commands" | "tags" | "people" | "departments";
  readonly text: string;
};

const signs = [
  [">", "commands"],
  ["#", "tags"],
  ["@", "people"],
  ["d:", "departments"],
] as const;

/** `>` looks for commands, `#` for tags, `@` for people, `d:` for departments; anything else for records. */
export function readQuestion(typed: string): Question {
  const text = typed.trim();
  for (const [sign, kind] of signs) {
    if (text.toLowerCase().startsWith(sign)) return { kind, text: text.slice(sign.length).trim() };
  }
  return { kind: "records", text };
}

type Found = Output<"search", "switcher">[number];
type TitleRuns = Found["titleRuns"];

export type Entry = { readonly key: string; readonly title: string } & (
  | {
      readonly kind: "record";
      readonly id: string;
      readonly type: string;
      readonly runs: TitleRuns;
      readonly department: string | null;
    }
  | { readonly kind: "tag"; readonly runs: TitleRuns }
  | { readonly kind: "command"; readonly command: ActiveCommand }
  | { readonly kind: "search" }
  | { readonly kind: "create"; readonly type: string }
);

export type EntryGroup = { readonly label: string; readonly items: readonly Entry[] };

/** The groups in the order shown; empty ones left out. */
export function entryGroups(
  question: Question,
  found: readonly Found[],
  commands: readonly ActiveCommand[],
): readonly EntryGroup[] {
  const groups =
    question.kind === "commands"
      ? [{ label: "Commands", items: fittingCommands(question.text, commands) }]
      : [
          { label: foundLabel(question), items: found.map(foundEntry) },
          { label: "Or", items: question.kind === "tags" ? [] : otherwise(question) },
        ];
  return groups.filter((group) => group.items.length > 0);
}

function foundLabel({ kind, text }: Question): string {
  if (kind === "tags") return "Tags";
  if (text === "") return "Recent";
  if (kind === "people") return "People";
  return kind === "departments" ? "Departments" : "Pages";
}

function foundEntry(found: Found): Entry {
  const { id, title, titleRuns: runs, type, department } = found;
  return found.kind === "tag"
    ? { kind: "tag", key: `tag ${id}`, title, runs }
    : { kind: "record", key: id, id, type, title, runs, department };
}

function otherwise({ kind, text }: Question): readonly Entry[] {
  if (text === "") return [];
  if (kind === "people" || kind === "departments") {
    const type = kind === "people" ? "person" : "department";
    return [{ kind: "create", key: `create ${type}`, title: text, type }];
  }
  return [
    { kind: "search", key: "search", title: text },
    { kind: "create", key: "create playbook", title: text, type: "playbook" },
    { kind: "create", key: "create lesson", title: text, type: "lesson" },
  ];
}

function fittingCommands(text: string, commands: readonly ActiveCommand[]): readonly Entry[] {
  return commands
    .filter((command) => command.keysOnly !== true)
    .map((command) => ({ command, rank: fit(text, `${command.title} ${command.group}`) }))
    .filter(({ rank }) => rank > 0)
    .toSorted((a, b) => b.rank - a.rank)
    .map(({ command }) => ({
      kind: "command",
      key: command.id,
      title: command.title,
      command,
    }));
}

/** 3: starts a word with every word typed; 2: contains each; 1: has the letters in order; 0: not. */
export function fit(typed: string, title: string): number {
  const words = typed.toLocaleLowerCase().split(/\s+/u).filter(Boolean);
  const text = title.toLocaleLowerCase();
  if (words.every((word) => ` ${text}`.includes(` ${word}`))) return 3;
  if (words.every((word) => text.includes(word))) return 2;
  return hasInOrder(words.join(""), text) ? 1 : 0;
}

function hasInOrder(letters: string, text: string): boolean {
  let from = 0;
  for (const letter of letters) {
    const at = text.indexOf(letter, from);
    if (at < 0) return false;
    from = at + letter.length;
  }
  return true;
}
