/** JSON from a stranger: its depth is measured before anything is built from it. */
import type { Json } from "#shared/domain/json.ts";
import { limits } from "./limits.ts";

/** The value; undefined when the text is not JSON or lies deeper than the limit. */
export function readJson(text: string): { readonly json: Json } | undefined {
  if (isTooDeep(text)) return undefined;
  try {
    const json: Json = JSON.parse(text);
    return { json };
  } catch {
    // The caller says what was to be read; the parser's sentence would quote a stranger's words.
    return undefined;
  }
}

function isTooDeep(text: string): boolean {
  return hasMany(text) && goesDeep(text);
}

/** Whether there are so many that their depth has to be measured; those in words count along. */
function hasMany(text: string): boolean {
  let left = limits.jsonDepth;
  for (const bracket of "{[") {
    let at = text.indexOf(bracket);
    for (; at >= 0 && left >= 0; at = text.indexOf(bracket, at + 1)) left -= 1;
  }
  return left < 0;
}

function goesDeep(text: string): boolean {
  let depth = 0;
  for (let index = 0; index < text.length; index += 1) {
    const letter = text.charAt(index);
    if (letter === '"') index = endOfString(text, index);
    else if (letter === "[" || letter === "{") depth += 1;
    else if (letter === "]" || letter === "}") depth -= 1;
    if (depth > limits.jsonDepth) return true;
  }
  return false;
}

/** Where the string that begins at `start` ends; the end of the text when it does not. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let slash = end - 1;
    while (text.charAt(slash) === "\\") slash -= 1;
    if ((end - slash) % 2 === 1) return end;
  }
  return text.length;
}
