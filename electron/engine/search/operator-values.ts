/** Which values an operator can take in this workspace, and which of them a typed value means. */
import { recordTypeNames } from "#shared/domain/record-type-name.ts";
import { recordTypeOf, recordTypes } from "#shared/domain/record-types.ts";
import { foldText } from "./analysis/tokenize.ts";
import type { Catalogue } from "./catalogue.ts";
import type { MarkedOperator } from "./marks.ts";

export type Choice = {
  /** What to write after the operator. */
  readonly value: string;
  readonly label: string;
  /** Folded texts that mean it. */
  readonly names: readonly string[];
  /** Its number in the catalogue; undefined while no record has it. */
  readonly mark: number | undefined;
  /** The record it names, for departments, topics, tools and people. */
  readonly id?: string;
};

export type Resolved = {
  readonly marks: ReadonlySet<number>;
  /** Whether the workspace knows such a value, used or not. */
  readonly known: boolean;
};

const namedRecords = {
  department: "department",
  topic: "topic",
  tool: "tool",
  author: "person",
} as const;

/** Every value of an operator. */
export function choicesOf(catalogue: Catalogue, operator: MarkedOperator): readonly Choice[] {
  switch (operator) {
    case "type":
      return typeChoices(catalogue);
    case "status":
      return statusChoices(catalogue);
    case "tag":
      return catalogue.markNames.all("tag").flatMap((mark) => {
        const known = catalogue.markNames.get(mark);
        if (known === undefined) return [];
        return [{ value: known.value, label: known.value, names: [known.folded], mark }];
      });
    case "department":
    case "topic":
    case "tool":
    case "author":
      return Array.from(catalogue.ofType(namedRecords[operator]), (entry) => ({
        value: entry.title,
        label: entry.title,
        names: [entry.folded],
        mark: catalogue.markNames.find(operator, entry.id),
        id: entry.id,
      }));
  }
}

function typeChoices(catalogue: Catalogue): readonly Choice[] {
  const names = new Set([...recordTypeNames, ...valuesInUse(catalogue, "type")]);
  return [...names].map((name) => {
    const type = recordTypeOf(name);
    const labels = type === undefined ? [name] : [name, type.label, type.plural];
    return {
      value: name,
      label: type?.label ?? name,
      names: labels.map(foldText),
      mark: catalogue.markNames.find("type", name),
    };
  });
}

function statusChoices(catalogue: Catalogue): readonly Choice[] {
  const declared = Object.values(recordTypes).flatMap((type) => type.statuses ?? []);
  const names = new Set([...declared, ...valuesInUse(catalogue, "status")]);
  return [...names].map((name) => ({
    value: name,
    label: readable(name),
    names: [foldText(name)],
    mark: catalogue.markNames.find("status", name),
  }));
}

function valuesInUse(catalogue: Catalogue, operator: MarkedOperator): readonly string[] {
  return catalogue.markNames
    .all(operator)
    .flatMap((mark) => catalogue.markNames.get(mark)?.value ?? []);
}

/** `in_review` as a person writes it. */
function readable(name: string): string {
  const spaced = name.replaceAll("_", " ");
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

/** What a typed value means: the value itself, else every value that starts with it, or a word of it does. */
export function resolveValue(choices: readonly Choice[], typed: string): Resolved {
  const exact = choices.filter((choice) => isExactly(choice, typed));
  const meant = exact.length > 0 ? exact : choices.filter((choice) => startsLike(choice, typed));
  return {
    marks: new Set(meant.flatMap(({ mark }) => mark ?? [])),
    known: meant.length > 0,
  };
}

function isExactly(choice: Choice, typed: string): boolean {
  const lower = typed.trim().toLowerCase();
  if (choice.value.toLowerCase() === lower || choice.id === lower) return true;
  // Folding takes symbols away: "c++" must not mean the tag "c".
  const folded = foldText(typed);
  return folded.length >= lower.replaceAll(/[\s_-]/gu, "").length && choice.names.includes(folded);
}

/** Whether a value, or a word in it, starts with what was typed. */
export function startsLike(choice: Choice, typed: string): boolean {
  const folded = foldText(typed);
  if (folded === "") return choice.value.startsWith(typed.trim());
  return choice.names.some((name) => name.startsWith(folded) || name.includes(` ${folded}`));
}
