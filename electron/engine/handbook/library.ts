/**
 * Everything the pages are made of, read from one view of the workspace: which records have a page,
 * what their links lead to, and the names around them. A record that has no page is known here only
 * by what must not be said of it.
 */
import { createHash } from "node:crypto";
import type { RecordView } from "#shared/contract/record-shapes.ts";
import type { RecordId } from "#shared/domain/ids.ts";
import { trustOf } from "#shared/domain/trust.ts";
import type { AttachmentFiles } from "../attachments/attachment-files.ts";
import type { Readable } from "../db/database.ts";
import { statement } from "../db/statement.ts";
import { readOutward } from "../links/links-of.ts";
import type { ChangeLog } from "../log/change-log.ts";
import { viewRecord } from "../records/record-view.ts";
import { groupIn, itemsIn, linesIn, textIn } from "./fields.ts";
import { createPageNames, foldedTitle } from "./page-names.ts";
import { candidateIds, type PageType, pageTypeOf, reasonOf } from "./published.ts";

/** One page as other pages speak of it. */
export type Entry = {
  readonly id: RecordId;
  readonly type: PageType;
  readonly title: string;
  readonly path: string;
  /** One sentence that its author wrote; "" where there is none. */
  readonly summary: string;
  readonly department: string | null;
  readonly topics: readonly string[];
  readonly stages: readonly string[];
  readonly tags: readonly string[];
  readonly trust: PageTrust;
  readonly updatedAt: string;
  /** Other pages that its text and relations lead to. */
  readonly leadsTo: ReadonlySet<string>;
};

/** What does not change while the days go by; what does is said in dates. */
export type PageTrust = {
  readonly state: "unverified" | "verified" | "rejected";
  readonly on: string | null;
  /** The last day on which it holds; null where it has no end. */
  readonly until: string | null;
};

export type Library = {
  readonly name: string;
  readonly entries: readonly Entry[];
  readonly byId: ReadonlyMap<string, Entry>;
  /** Pages that lead to a page. */
  readonly backlinks: ReadonlyMap<string, readonly Entry[]>;
  /** Departments, topics, tools, skills, sources and people, by id. */
  readonly names: ReadonlyMap<string, string>;
  /** The whole record; undefined when it has no page. */
  readonly read: (id: RecordId) => RecordView | undefined;
  readonly outward: (id: RecordId) => ReturnType<typeof readOutward>;
  /** The title of any record, in the trash or not; undefined when there is none. */
  readonly titleOf: (id: string) => string | undefined;
  /** Whether these words are the title of a record that has no page. */
  readonly isHidden: (words: string) => boolean;
  /** Records that were left out because people disagree whether they are published. */
  readonly disputed: readonly RecordId[];
  /** The same for two libraries whose pages are the same. */
  readonly fingerprint: string;
};

export type LibrarySource = {
  readonly db: Readable;
  readonly log: ChangeLog;
  readonly files: Pick<AttachmentFiles, "describe" | "pathOf">;
};

const namedRows = statement<[], { readonly id: string; readonly title: string }>(
  `SELECT id, title FROM record
   WHERE type IN ('department', 'topic', 'tool', 'skill', 'source', 'person')
     AND removed_at IS NULL`,
);
const titles = statement<[], { readonly id: string; readonly title: string }>(
  "SELECT id, title FROM record NOT INDEXED",
);
const titleRow = statement<[id: string], { readonly title: string }>(
  "SELECT title FROM record WHERE id = ?",
);
const workspaceName = statement<[], { readonly name: string }>("SELECT name FROM workspace");

/** Reads the view, a record after the other. */
export async function readLibrary(
  source: LibrarySource,
  breathe: () => Promise<void>,
): Promise<Library> {
  const { db, log, files } = source;
  const names = new Map(
    namedRows(db)
      .all()
      .map(({ id, title }) => [id, title]),
  );
  const outward = (id: RecordId) => readOutward(db, id, files.describe);
  const { pages, disputed } = await readPages(source, names, breathe);
  const name = workspaceName(db).get()?.name ?? "";
  const hash = createHash("sha256").update(JSON.stringify([pageFormat, name, [...names]]));
  const entries: Entry[] = [];
  for (const { related, version, ...entry } of pages.values()) {
    await breathe();
    const out = outward(entry.id);
    // A picture that a colleague added may not have come yet.
    const here = out.attachments.map((one) => files.pathOf(one.hash) !== undefined);
    hash.update(JSON.stringify([entry.path, version, out, here]));
    const linked = out.targets.map(({ record }) => record.id);
    const leadsTo = [...linked, ...related].filter((id) => id !== entry.id && pages.has(id));
    entries.push({ ...entry, leadsTo: new Set(leadsTo) });
  }
  return {
    name,
    entries,
    byId: new Map(entries.map((entry) => [entry.id, entry])),
    backlinks: backlinksOf(entries),
    names,
    read: (id) => (pages.has(id) ? viewRecord({ db, log }, id) : undefined),
    outward,
    titleOf: (id) => titleRow(db).get(id)?.title,
    isHidden: await readHidden(db, { pages, names, breathe }),
    disputed,
    fingerprint: hash.digest("hex"),
  };
}

type Said = {
  readonly pages: ReadonlyMap<string, unknown>;
  readonly names: ReadonlyMap<string, string>;
  readonly breathe: () => Promise<void>;
};

/** What may be said is no secret, also where a record without a page has the same title. */
async function readHidden(db: Readable, { pages, names, breathe }: Said) {
  const hidden = new Set<string>();
  const said = new Set([...names.values()].map((name) => foldedTitle(name)));
  for (const { id, title } of titles(db).iterate()) {
    if (pages.has(id)) said.add(foldedTitle(title));
    else if (!names.has(id)) hidden.add(foldedTitle(title));
  }
  await breathe();
  return (words: string) => {
    const folded = foldedTitle(words);
    return folded !== "" && hidden.has(folded) && !said.has(folded);
  };
}

/** Counts up whenever the same records give other pages. */
const pageFormat = 2;

type Page = Omit<Entry, "leadsTo"> & {
  readonly related: readonly string[];
  readonly version: string;
};

async function readPages(
  { db, log }: LibrarySource,
  names: ReadonlyMap<string, string>,
  breathe: () => Promise<void>,
): Promise<{ readonly pages: ReadonlyMap<string, Page>; readonly disputed: readonly RecordId[] }> {
  const pathOf = createPageNames();
  const pages = new Map<string, Page>();
  const disputed: RecordId[] = [];
  for (const id of candidateIds(db)) {
    await breathe();
    const view = viewRecord({ db, log }, id);
    const type = view === undefined ? null : pageTypeOf(view.type);
    if (view === undefined || type === null) continue;
    const reason = reasonOf(view);
    if (reason === "disputed") disputed.push(id);
    if (reason !== null) continue;
    const path = pathOf(`${type}s`, id, view.title);
    const { version } = view;
    pages.set(id, { ...entryOf(view, names), type, path, version, related: relatedIds(view) });
  }
  return { pages, disputed };
}

/** The records that typed relations name. */
export function relatedIds({ fields }: RecordView): readonly string[] {
  return [...itemsIn(fields, "relations"), ...itemsIn(fields, "linked_playbooks")]
    .map((relation) => textIn(relation, "target_id"))
    .filter((id) => id !== "");
}

function entryOf(view: RecordView, names: ReadonlyMap<string, string>) {
  const { fields } = view;
  const { state, until, verification } = trustOf(fields["verification"], 0);
  const trust: PageTrust =
    state === "rejected"
      ? { state, on: verification.rejected_at ?? null, until: null }
      : verification.verified_at === undefined
        ? { state: "unverified", on: null, until: null }
        : { state: "verified", on: verification.verified_at, until };
  const department = textIn(fields, "department_id");
  const stages = [
    textIn(fields, "journey_stage"),
    ...linesIn(groupIn(fields, "applicability"), "stages"),
  ];
  return {
    id: view.id,
    title: view.title,
    summary: textIn(fields, "summary") || textIn(fields, "abstract"),
    department: names.has(department) ? department : null,
    topics: linesIn(fields, "topics").filter((topic) => names.has(topic)),
    stages: [...new Set(stages.filter((stage) => stage !== ""))],
    tags: linesIn(fields, "tags"),
    trust,
    updatedAt: view.updatedAt,
  };
}

function backlinksOf(entries: readonly Entry[]): ReadonlyMap<string, readonly Entry[]> {
  const links = entries.flatMap((entry) => [...entry.leadsTo].map((target) => ({ target, entry })));
  const found = Map.groupBy(links, ({ target }) => target);
  return new Map(Array.from(found, ([target, from]) => [target, from.map(({ entry }) => entry)]));
}
