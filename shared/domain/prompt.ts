/** Prompts with places to fill in: `{{customer name}}` in the text is the variable "customer name". */

const place = /\{\{\s*(?<name>[^{}\s][^{}\n]{0,79}?)\s*\}\}/gu;

/** The variables of a prompt in the order in which they first appear. */
export function promptVariables(text: string): readonly string[] {
  const names = Array.from(text.matchAll(place), (match) => match.groups?.name ?? "");
  return [...new Set(names)].filter((name) => name !== "");
}

/** A prompt as runs: what the author wrote, and the places with what was filled in there. */
export type PromptRun =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "place"; readonly name: string; readonly value: string };

/** The prompt with its places filled in. A place without a value keeps its braces as text. */
export function fillPrompt(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(place, (whole, name: string) => values[name] || whole);
}

/** The same as runs, so that a screen can mark the places. */
export function promptRuns(
  text: string,
  values: Readonly<Record<string, string>>,
): readonly PromptRun[] {
  const runs: PromptRun[] = [];
  let at = 0;
  for (const match of text.matchAll(place)) {
    if (match.index > at) runs.push({ kind: "text", text: text.slice(at, match.index) });
    const name = match.groups?.name ?? "";
    runs.push({ kind: "place", name, value: values[name] ?? "" });
    at = match.index + match[0].length;
  }
  if (at < text.length) runs.push({ kind: "text", text: text.slice(at) });
  return runs;
}
