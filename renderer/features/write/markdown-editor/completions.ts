/** What the editor offers while one types: records after `[[`, people after `@`. */
import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import { client } from "#renderer/platform/api.ts";
import type { Reference } from "#shared/contract/record-shapes.ts";
import { recordTypeOf } from "#shared/domain/record-types.ts";
import { formatRoute } from "#shared/navigation/route.ts";

/** A link that survives renaming: the title for readers, the id for the app. */
export function linkTo({ id, title }: Pick<Reference, "id" | "title">, mark = ""): string {
  const words = (mark + title).replaceAll(/[[\]\\]/gu, (character) => `\\${character}`);
  return `[${words}](guildhall:/${formatRoute({ screen: "record", id })})`;
}

/** Offers records after `[[`. */
export async function completeLinks(context: CompletionContext): Promise<CompletionResult | null> {
  const typed = context.matchBefore(/\[\[[^[\]\n]{0,100}/u);
  if (typed === null) return null;
  const found = await client.records.lookup({ text: typed.text.slice(2), limit: 12 });
  const { doc } = context.state;
  // The editor closes brackets by itself: what it put there goes with the rest.
  const closing = /^\]{0,2}/u.exec(doc.sliceString(context.pos, context.pos + 2))?.[0] ?? "";
  return {
    from: typed.from,
    to: context.pos,
    filter: false,
    options: found.map((record) => ({
      label: record.title,
      detail: recordTypeOf(record.type)?.label ?? record.type,
      apply: writer(linkTo(record), closing.length),
    })),
  };
}

/** Offers people after an `@` that starts a word. */
export async function completePeople(context: CompletionContext): Promise<CompletionResult | null> {
  const typed = context.matchBefore(/(?:^|[\s(])@[\p{L}\p{M}\p{N}'’ -]{0,60}/u);
  if (typed === null || context.aborted) return null;
  const at = typed.text.indexOf("@");
  const text = typed.text.slice(at + 1);
  if (text.startsWith(" ")) return null;
  const found = await client.records.lookup({ text, types: ["person"], limit: 12 });
  if (found.length === 0) return null;
  return {
    from: typed.from + at,
    to: context.pos,
    filter: false,
    options: found.map((person) => ({
      label: person.title,
      apply: writer(linkTo(person, "@"), 0),
    })),
  };
}

function writer(insert: string, swallow: number): Exclude<Completion["apply"], string | undefined> {
  return (...[view, , from, to]) => {
    view.dispatch({
      changes: { from, to: to + swallow, insert },
      selection: { anchor: from + insert.length },
      userEvent: "input.complete",
    });
  };
}
