/** Titles that a MkDocs `nav` gives to pages which do not name themselves. */
import { parseDocument } from "yaml";
import { isObject, type Json, jsonSchema } from "#shared/domain/json.ts";
import { joinPath } from "../../links/place.ts";

/**
 * Titles by path, as they stand in `source`. `folder` is where the file lies; a path that its
 * `docs_dir` does not lead to is left out.
 */
export function readNavTitles(source: string, folder: string): ReadonlyMap<string, string> {
  const titles = new Map<string, string>();
  const document = parseDocument(source, { logLevel: "silent", uniqueKeys: false });
  if (document.errors.length > 0) return titles;
  const parsed = jsonSchema.safeParse(safely(() => document.toJS({ maxAliasCount: 100 })));
  if (!parsed.success || !isObject(parsed.data)) return titles;
  const { docs_dir: docs, nav } = parsed.data;
  const top = joinPath(folder, typeof docs === "string" ? docs : "docs");
  if (top !== null && nav !== undefined) collect(nav, { top, titles });
  return titles;
}

type Found = { readonly top: string; readonly titles: Map<string, string> };

function collect(nav: Json, found: Found): void {
  if (Array.isArray(nav)) {
    for (const item of nav as readonly Json[]) collect(item, found);
    return;
  }
  if (!isObject(nav)) return;
  for (const [title, value] of Object.entries(nav)) {
    if (typeof value !== "string") collect(value, found);
    else {
      const path = joinPath(found.top, value);
      if (path !== null && !found.titles.has(path)) found.titles.set(path, title);
    }
  }
}

function safely(read: () => unknown): unknown {
  try {
    return read();
  } catch {
    // An alias bomb: no titles then.
    return null;
  }
}
