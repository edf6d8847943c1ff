/**
 * Places inside collections: what a link's target names, and by which names a record is found.
 * Pure. A place is looked up by a folded key and then compared exactly, so that one index serves
 * exact paths, paths without an extension, folders, languages and different case alike.
 */
import { parseWikilink } from "#shared/markdown/wikilink.ts";
import type { MarkdownLink } from "#shared/markdown/extract.ts";

/** Where a record's text stands: relative links start from here. Null where it came from no file. */
export type Origin = { readonly collection: string; readonly path: string } | null;

/** What a link asks for: the bucket to look in, and the exact name to compare there. */
export type Target = {
  readonly key: string;
  readonly name: string;
  readonly fragment: string | null;
};

/** One name of a record; `name` is compared, `key` is looked up. */
export type Address = {
  readonly key: string;
  readonly name: string;
  /** `copy`: a file that was left out because the record holds the same text. */
  readonly kind: "path" | "alias" | "title" | "copy";
  /** The collection that the address belongs to, where that is not the record's own. */
  readonly collection?: string;
};

const markdownExtension = /(?:\.html)?\.(?:md|markdown|mdx)(?:\.erb)?$/iu;
const language = /\.[a-z]{2}(?:-[a-z]{2,4})?$/iu;
const indexName = /(?:^|\/)(?:readme|index)$/iu;
/** Folders in which site generators keep their pages: what is in them is the root of the site. */
const siteRoot = /^(?:.*\/)?(?:pages|docs|source|content|src|site|wiki)\//iu;

/** Whether the file's name says that it is Markdown. */
export function isMarkdownPath(path: string): boolean {
  return markdownExtension.test(path);
}

/** The path without its Markdown extension. */
export function withoutExtension(path: string): string {
  return path.replace(markdownExtension, "");
}

/** Links name a page as its site serves it, too: `page.html` for `page.md`. */
function withoutPageExtension(path: string): string {
  return withoutExtension(path).replace(/\.html?$/iu, "");
}

/** The folder that the path lies in; "" at the top. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash === -1 ? "" : path.slice(0, slash);
}

/**
 * The path that a relative one leads to from a folder, without `.` and `..`; null when it climbs
 * out of the top.
 */
export function joinPath(folder: string, relative: string): string | null {
  const parts = folder === "" ? [] : folder.split("/");
  for (const part of relative.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join("/");
}

/**
 * What the link asks for inside the workspace, the likeliest first; none for links that lead
 * outside or nowhere. A site serves `tools/chat.md` as `tools/chat/`, so that a link without an
 * extension may start from either.
 */
export function targetsOf(
  link: Pick<MarkdownLink, "href" | "kind">,
  origin: Origin,
): readonly Target[] {
  if (link.kind === "wikilink") return wikilinkTargets(link.href, origin);
  const href = link.href.trim();
  const record = /^(?:guildhall:\/)?\/item\/([0-9a-hjkmnp-tv-z]{26})(?:[?#](.*))?$/u.exec(href);
  if (record !== null) {
    const heading = /(?:^|&)h=([^&]*)/u.exec(record[2] ?? "")?.[1];
    return [{ key: `id:${record[1]}`, name: record[1] ?? "", fragment: decoded(heading) }];
  }
  if (/^(?:[a-z][a-z0-9+.-]*:|\/\/|#|\?|$)/iu.test(href)) return [];
  if (/\{\{|<%|\$\{|\{%/u.test(href)) return [];
  const [, before = "", hash] = /^([^?#]*)(?:\?[^#]*)?(?:#(.*))?$/su.exec(href) ?? [];
  if (before === "") return [];
  const path = decoded(before) ?? before;
  const fragment = decoded(hash);
  const collection = origin?.collection ?? "";
  if (path.startsWith("/") || link.kind === "page_tag") {
    const name = joinPath("", path) ?? path;
    return [{ key: siteKey(collection, name), name, fragment }];
  }
  const from = origin?.path ?? "";
  const starts = [folderOf(from), ...(isServedPath(path) ? [withoutExtension(from)] : [])];
  const names = starts.map((start) => joinPath(start, path)).filter((name) => name !== null);
  if (names.length === 0) return [{ key: "outside:", name: path, fragment: null }];
  return names.map((name) => ({ key: pathKey(collection, name), name, fragment }));
}

/** `guidelines/`, `../dates`: not a file's name, and no picture. */
function isServedPath(path: string): boolean {
  return !/\.[a-z0-9]{1,8}$/iu.test(path);
}

function wikilinkTargets(inner: string, origin: Origin): readonly Target[] {
  const { target, heading } = parseWikilink(inner);
  if (target === "") return [];
  const name = withoutExtension(target);
  const key = target.includes("/") ? siteKey(origin?.collection ?? "", name) : titleKey(name);
  return [{ key, name, fragment: heading }];
}

/** Every name by which a record can be linked to. */
export function addressesOf(record: {
  readonly title: string;
  readonly origin: Origin;
  readonly aliases: readonly string[];
  /** As the field `origin_copies` holds them. */
  readonly copies?: readonly string[];
}): readonly Address[] {
  const { title, origin, aliases, copies = [] } = record;
  const addresses: Address[] = [{ key: titleKey(title), name: title, kind: "title" }];
  const collection = origin?.collection ?? "";
  for (const alias of aliases) {
    const name = joinPath("", decoded(alias) ?? alias) ?? alias;
    addresses.push(
      alias.includes("/")
        ? { key: siteKey(collection, name), name, kind: "alias" }
        : { key: titleKey(alias), name: alias, kind: "alias" },
    );
  }
  if (origin !== null) {
    const { path } = origin;
    const file = withoutExtension(path.slice(path.lastIndexOf("/") + 1));
    addresses.push(
      { key: pathKey(collection, path), name: path, kind: "path" },
      { key: siteKey(collection, path), name: path, kind: "path" },
      { key: titleKey(file), name: file, kind: "alias" },
    );
    const inSite = path.replace(siteRoot, "");
    if (inSite !== path) {
      addresses.push({ key: siteKey(collection, inSite), name: inSite, kind: "path" });
    }
  }
  addresses.push(...copies.flatMap(addressesOfCopy));
  const seen = new Set<string>();
  return addresses.filter(({ key, name }) => {
    const one = `${key}\n${name}`;
    return seen.has(one) ? false : seen.add(one);
  });
}

/** The names of a copy, as `copyOf` wrote them down. */
export function addressesOfCopy(copy: string): readonly Address[] {
  const kind = "copy";
  const slash = copy.indexOf("/");
  if (slash === -1) return [{ key: titleKey(copy), name: copy, kind }];
  const collection = copy.slice(0, slash);
  const rest = copy.slice(slash + 1);
  if (rest.startsWith("/")) {
    const name = joinPath("", rest) ?? rest;
    return [{ key: siteKey(collection, name), name, kind, collection }];
  }
  const inSite = rest.replace(siteRoot, "");
  const site = new Set([rest, inSite]);
  return [
    { key: pathKey(collection, rest), name: rest, kind, collection },
    ...[...site].map(
      (name) => ({ key: siteKey(collection, name), name, kind, collection }) as const,
    ),
  ];
}

/** What to write down of a copy, so that its path, its old addresses and its names lead on. */
export function copyOf(
  { collection, path }: NonNullable<Origin>,
  names: readonly string[],
): readonly string[] {
  const written = names.map((name) =>
    name.includes("/") ? `${collection}//${name.replace(/^\/+/u, "")}` : name,
  );
  return [`${collection}/${path}`, ...written];
}

/** A page that was left out comes after every page that is here. */
const copyRank = 0.05;

/**
 * How well an address answers to a target of the same key: 0 not at all. Exact case beats folded,
 * a file beats a folder's index, and a page in the language of the linking page beats others.
 */
export function matchQuality(target: Target, address: Address, from: Origin): number {
  if (target.key.startsWith("title:")) return titleQuality[address.kind];
  const lower = address.kind === "copy" ? copyRank : 0;
  const exact = pathQuality(target.name, address, from);
  if (exact > 0) return exact + 1 - lower;
  const folded = { ...address, name: fold(address.name) };
  const quality = pathQuality(fold(target.name), folded, from);
  return quality === 0 ? 0 : quality - lower;
}

const titleQuality = { title: 4, alias: 3, path: 3, copy: 2 } as const;

function pathQuality(name: string, address: Address, from: Origin): number {
  if (address.name === name) return 0.9;
  if (address.kind === "alias") return 0;
  const bare = withoutPageExtension(address.name);
  const wanted = withoutPageExtension(name);
  if (bare === wanted || bare === name) return 0.8;
  const neutral = bare.replace(language, "");
  const spoken = bare.slice(neutral.length);
  const near =
    spoken !== "" && spoken === languageOf(from?.path ?? "") ? 0.2 : englishFirst(spoken);
  if (neutral === wanted || neutral === name) return 0.5 + near;
  if (bare.replace(indexName, "") === name) return 0.4;
  return neutral.replace(indexName, "") === name ? 0.1 + near : 0;
}

function languageOf(path: string): string {
  return language.exec(withoutExtension(path))?.[0] ?? "";
}

function englishFirst(spoken: string): number {
  return spoken === ".en" ? 0.1 : 0;
}

/** Titles and names are compared without case, accents and surplus spaces. */
export function titleKey(title: string): string {
  const folded = title.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();
  return `title:${folded.replaceAll(/[\s_-]+/gu, " ").trim()}`;
}

/** The key under which a place in a collection is looked up; several places can share one. */
export function pathKey(collection: string, path: string): string {
  return `path:${collection}:${bucket(path)}`;
}

function siteKey(collection: string, path: string): string {
  return `site:${collection}:${bucket(path)}`;
}

/** What is left of a path when case, extension, language and an index's name are taken away. */
function bucket(path: string): string {
  return withoutPageExtension(fold(path)).replace(language, "").replace(indexName, "");
}

function fold(path: string): string {
  return path.normalize("NFC").toLowerCase();
}

function decoded(text: string | undefined): string | null {
  if (text === undefined || text === "") return null;
  try {
    return decodeURIComponent(text);
  } catch {
    // A stray percent sign is part of the name.
    return text;
  }
}
