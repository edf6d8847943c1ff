/** Decides what becomes of a file: refused, here already, a copy of another, or a page to plan. */
import type { RecordId } from "#shared/domain/ids.ts";
import { recordWithBody } from "../origin-table.ts";
import { windowsProblem } from "../safe-path.ts";
import type { SourceFile } from "../source/source.ts";
import { decodeText } from "./decode-text.ts";
import type { KnownText } from "./copies.ts";
import { sketch } from "./fingerprint.ts";
import {
  type ImportRun,
  type OpenedPage,
  type OwnPage,
  previewOf,
  type SourceRun,
} from "./import-run.ts";
import { type Page, readPage } from "./page.ts";

/** Reads a file as a page; null when it was refused or is a copy. */
export async function openPage(
  run: ImportRun,
  given: SourceRun,
  { file, bytes }: { readonly file: SourceFile; readonly bytes: Uint8Array },
): Promise<OpenedPage | null> {
  const { source, here } = given;
  const { report } = run;
  const { path } = file;
  if (bytes.length === 0) {
    report.refuse({ outcome: "skipped", path, reason: "The file is empty." });
    return null;
  }
  const { text, problem } = decodeText(bytes);
  if (text === null) {
    report.refuse({ outcome: "failed", path, reason: problem });
    return null;
  }
  const rows = here.get(path) ?? [];
  const live = rows.filter((row) => row.removed === 0);
  const page = readPage({
    path,
    bytes,
    text,
    as: live[0]?.type ?? run.call.options.as,
    split: live.length === 1 && live[0]?.part === 0 ? "none" : run.call.options.split,
    navTitle: source.navTitles.get(path),
    collection: source.collection,
  });
  run.links.announce(page, source.collection);
  const name = windowsProblem(path);
  if (name !== null) report.note(path, name);
  if (page.front.problem !== null) report.note(path, page.front.problem);
  const [first] = live;
  if (first !== undefined) {
    const unchanged = live.every((row) => row.hash === page.hash);
    if (unchanged) for (const row of live) run.names.announce(row.type, row.title, row.record);
    else for (const row of live) run.rewritten.add(row.record);
    know(run, page, first.record);
    return { page, unchanged };
  }
  if (rows.length > 0 && !run.wasUndone(rows[0]?.record ?? "")) {
    const reason = "Its page is in the trash. Put it back there if you want it again.";
    report.refuse({ outcome: "skipped", path, reason });
    return null;
  }
  return (await isCopy(run, given, page)) ? null : { page, unchanged: false };
}

/** Remembers the text; its record may be made later. */
function know(run: ImportRun, page: Page, record: RecordId | undefined): void {
  if (page.bodyHash === null) return;
  const title = page.parts[0]?.name ?? page.title;
  run.texts.set(page.bodyHash, { name: page.path, title, record });
}

/** Exact copies are left out; near ones are named, and left out when that was asked for. */
async function isCopy(run: ImportRun, given: SourceRun, page: Page): Promise<boolean> {
  const { report } = run;
  if (page.bodyHash !== null && !page.own) {
    const original = run.texts.get(page.bodyHash) ?? textHere(run, page.bodyHash);
    if (original !== undefined) {
      report.sameAs(page.path, original.name);
      report.count("duplicate", previewOf(page));
      const origin = { collection: given.source.collection, path: page.path };
      run.copies.add(original, page, origin);
      // The pictures of a copy are no strange files, though nobody needs them.
      for (const link of page.parts.flatMap((part) => part.links))
        given.assets.find(link, page.path);
      return true;
    }
    know(run, page, undefined);
  }
  return isNearCopy(run, page);
}

function textHere(run: ImportRun, hash: string): KnownText | undefined {
  const found = recordWithBody(run.db, hash, run.rewritten);
  return found && { name: found.title, title: found.title, record: found.id };
}

async function isNearCopy(run: ImportRun, page: Page): Promise<boolean> {
  const { report, nearChoices } = run;
  const signature = sketch(page.front.body);
  if (signature === null) return false;
  const like = await run.near.nearest(signature);
  if (like !== null) {
    const { name, record } = like.key;
    const records = page.parts.length;
    report.near({ path: page.path, like: name, record, score: like.score, records });
  }
  const all = like !== null && run.call.options.skipNearDuplicates ? "skip" : "import";
  if ((nearChoices.get(page.path) ?? all) === "skip") {
    const reason = `It is nearly the same as ${like?.key.name ?? "another text"}, and was left out by choice.`;
    report.refuse({ outcome: "skipped", path: page.path, reason });
    return true;
  }
  run.near.add({ name: page.path, record: null }, signature);
  return false;
}

/** Gives the records of our own files their ids before any of them is written. */
export function announceOwn(
  run: ImportRun,
  { here }: Pick<SourceRun, "here">,
  opened: OpenedPage,
): OwnPage {
  const { page } = opened;
  const known = here.get(page.path)?.find((row) => row.removed === 0)?.record;
  const named = page.id !== undefined && run.store.get(page.id) !== undefined ? page.id : undefined;
  const id = known ?? named ?? adopted(run, page) ?? page.id ?? run.store.newId();
  run.names.announce(page.type, page.title, id);
  return { ...opened, id };
}

/** Types that a workspace has only one of by each name: a file fills the one that is there. */
const unique: ReadonlySet<string> = new Set([
  "department",
  "topic",
  "tool",
  "skill",
  "skill_domain",
]);

function adopted(run: ImportRun, page: Page): RecordId | undefined {
  return unique.has(page.type) ? run.names.find(page.type, page.title) : undefined;
}
