/** Files beside the pages: which of them a page's text refers to, kept as attachments of its record. */
import { mostBytes, type AttachmentFiles } from "../../attachments/attachment-files.ts";
import type { Attachment } from "../../attachments/attachment-table.ts";
import { sniffMediaType } from "../../attachments/media-type.ts";
import { folderOf, isMarkdownPath, joinPath } from "../../links/place.ts";
import type { MarkdownLink } from "#shared/markdown/extract.ts";
import { type SourceFile, SourceProblem } from "../source/source.ts";

/** Folders whose content a site serves from its root. */
const siteFolder = /^(?:.*\/)?(?:pages|docs|source|content|src|site|wiki|public|static|assets)\//iu;

export type Assets = {
  /** The file that the link means; undefined where there is none. */
  readonly find: (link: MarkdownLink, page: string) => SourceFile | undefined;
  /** Keeps the file's content; a sentence where that is impossible. Each file is read once. */
  readonly keep: (file: SourceFile, href: string) => Promise<Attachment | string>;
  /** How many files were kept so far. */
  readonly kept: () => number;
  /** Whether some page referred to the file. */
  readonly isUsed: (file: SourceFile) => boolean;
};

type Dependencies = {
  /** Null in a dry run: nothing is kept then. */
  readonly store: Pick<AttachmentFiles, "keep"> | null;
  readonly hashOf: (bytes: Uint8Array) => string;
};

/** Over all files of the source, by their paths in it. */
export function createAssets(files: readonly SourceFile[], deps: Dependencies): Assets {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const byFold = new Map(files.map((file) => [file.path.toLowerCase(), file]));
  const roots = new Set(["", ...files.flatMap(({ path }) => siteFolder.exec(path)?.[0] ?? [])]);
  const results = new Map<SourceFile, Promise<Omit<Attachment, "href"> | string>>();
  const used = new Set<SourceFile>();
  let kept = 0;

  function at(path: string | null): SourceFile | undefined {
    if (path === null) return undefined;
    return byPath.get(path) ?? byFold.get(path.toLowerCase());
  }

  function find(link: MarkdownLink, page: string): SourceFile | undefined {
    const file = lookUp(link, page);
    if (file !== undefined) used.add(file);
    return file;
  }

  function lookUp(link: MarkdownLink, page: string): SourceFile | undefined {
    const path = placeOf(link.href);
    if (path === null) return undefined;
    const beside = path.startsWith("/") ? undefined : at(joinPath(folderOf(page), path));
    if (beside !== undefined) return beside;
    if (!path.startsWith("/") && link.kind !== "image") return undefined;
    return [...roots].map((root) => at(joinPath(root, path))).find((file) => file !== undefined);
  }

  async function read(file: SourceFile): Promise<Omit<Attachment, "href"> | string> {
    const name = file.path.slice(file.path.lastIndexOf("/") + 1);
    try {
      const bytes = await file.read(mostBytes);
      const { hash, mediaType } =
        deps.store === null
          ? { hash: deps.hashOf(bytes), mediaType: sniffMediaType(bytes) }
          : await deps.store.keep(bytes);
      kept += 1;
      return { hash, name, media_type: mediaType, bytes: bytes.length, path: file.path };
    } catch (error) {
      if (error instanceof SourceProblem) return error.message;
      throw error;
    }
  }

  return {
    find,
    keep: async (file, href) => {
      const result = results.get(file) ?? read(file);
      results.set(file, result);
      const described = await result;
      return typeof described === "string" ? described : { ...described, href };
    },
    kept: () => kept,
    isUsed: (file) => used.has(file),
  };
}

/** The path that a link's target names; null for pages, for the web and for templates. */
function placeOf(href: string): string | null {
  if (/^(?:[a-z][a-z0-9+.-]*:|\/\/|#|$)/iu.test(href) || /\{\{|<%|\$\{|\{%/u.test(href))
    return null;
  const path = href.replace(/[?#].*$/su, "");
  const plain = decoded(path);
  return path === "" || path.endsWith("/") || isMarkdownPath(plain) ? null : plain;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    // A stray percent sign is part of the name.
    return path;
  }
}
