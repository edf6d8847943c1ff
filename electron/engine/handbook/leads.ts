/** Where the links of one page lead, seen from its place in the handbook. */
import type { RecordId } from "#shared/domain/ids.ts";
import { slugOf } from "#shared/markdown/anchor.ts";
import type { AttachmentFiles } from "../attachments/attachment-files.ts";
import { isShownInPlace } from "../attachments/media-type.ts";
import type { Library } from "./library.ts";
import type { Lead } from "./page-text.ts";

/** The ids of headings in a page's main text begin like this. */
export const bodyPrefix = "md-";

/** Files beside the pages, by their path in the handbook; each is named by its content. */
export type Assets = {
  /** The path, or undefined when the content is not on this device or may not be shown. */
  readonly pathOf: (hash: string, mediaType: string) => string | undefined;
  readonly wanted: ReadonlyMap<string, string>;
};

const endings: Readonly<Record<string, string>> = {
  "image/png": "png",
  "image/jpeg": "jpg",
  "image/gif": "gif",
  "image/webp": "webp",
  "image/avif": "avif",
  "image/bmp": "bmp",
  "application/pdf": "pdf",
};

/** Collects what pages show. Nothing that a browser could run is among it. */
export function createAssets(files: Pick<AttachmentFiles, "pathOf">): Assets {
  const wanted = new Map<string, string>();
  return {
    wanted,
    pathOf: (hash, mediaType) => {
      const ending = endings[mediaType];
      if (ending === undefined || files.pathOf(hash) === undefined) return undefined;
      const path = `files/${hash.slice(0, 32)}.${ending}`;
      wanted.set(path, hash);
      return path;
    },
  };
}

type Place = {
  readonly library: Library;
  readonly assets: Assets;
  /** From the page to the handbook's top: "" or "../". */
  readonly root: string;
};

/** What each target in the texts of a record leads to. */
export function createLeads(id: RecordId, place: Place): (target: string) => Lead {
  const { library, assets, root } = place;
  const { targets, attachments } = library.outward(id);
  const leads = new Map<string, Lead>();
  for (const { href, hash, mediaType } of attachments) {
    const path = assets.pathOf(hash, mediaType);
    if (path === undefined) continue;
    const address = root + path;
    leads.set(
      href,
      isShownInPlace(mediaType) ? { kind: "image", src: address } : { kind: "file", href: address },
    );
  }
  for (const { href, record, anchor } of targets) {
    const page = library.byId.get(record.id);
    const fragment = anchor === null ? "" : `#${bodyPrefix}${encodeURIComponent(slugOf(anchor))}`;
    leads.set(
      href,
      page === undefined
        ? { kind: "withheld", title: record.title }
        : { kind: "page", href: root + page.path + fragment, title: page.title },
    );
  }
  return (target) => leads.get(target) ?? inTrash(target, library);
}

/** A link that names a record by its id and does not reach it: the record is in the trash. */
function inTrash(target: string, { titleOf }: Library): Lead {
  const id = /\/item\/(?<id>[0-9a-hjkmnp-tv-z]{26})(?:[?#]|$)/u.exec(target)?.groups?.id;
  const title = id === undefined ? undefined : titleOf(id);
  return title === undefined ? { kind: "nowhere" } : { kind: "withheld", title };
}
