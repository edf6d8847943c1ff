/** Decides what becomes of a file: refused, here already, a copy of another, or a page to plan. */
import type { RecordId } from "#shared/domain/ids.ts";
import { titleWithBody } from "../origin-table.ts";
import { windowsProblem } from "../safe-path.ts";
import type { SourceFile } from "../source/source.ts";
import { decodeText } from "./decode-text.ts";
import { sketch } from "./fingerprint.ts";
import { type ImportRun, type OwnPage, previewOf, type SourceRun } from "./import-run.ts";
import { type Page, readPage } from "./page.ts";
import { sortLinks } from "./plan-page.ts";

/** Reads a file as a page; null when it was refused, is here unchanged, or is a copy. */
export async function openPage(
  run: ImportRun,
  { source, assets, here }: SourceRun,
  { file, bytes }: { readonly file: SourceFile; readonly bytes: Uint8Array },
): Promise<Page | null> {
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
  if (live.length > 0) {
    if (live.some((row) => row.hash !== page.hash)) return page;
    for (const row of live) run.names.announce(row.type, row.title, row.record);
    if (page.bodyHash !== null) run.texts.set(page.bodyHash, path);
    report.count("unchanged", previewOf(page));
    for (const part of page.parts) sortLinks(run, { source, assets, here, page }, part.links);
    return null;
  }
  if (rows.length > 0 && !run.wasUndone(rows[0]?.record ?? "")) {
    const reason = "Its page is in the trash. Put it back there if you want it again.";
    report.refuse({ outcome: "skipped", path, reason });
    return null;
  }
  return (await isCopy(run, page)) ? null : page;
}

/** Exact copies are left out; near ones are named, and left out when that was asked for. */
async function isCopy(run: ImportRun, page: Page): Promise<boolean> {
  const { report } = run;
  if (page.bodyHash !== null && !page.own) {
    const original = run.texts.get(page.bodyHash) ?? titleWithBody(run.db, page.bodyHash);
    if (original !== undefined) {
      report.sameAs(page.path, original);
      report.count("duplicate", previewOf(page));
      return true;
    }
    run.texts.set(page.bodyHash, page.path);
  }
  const signature = sketch(page.front.body);
  if (signature === null) return false;
  const like = await run.near.nearest(signature);
  if (like !== null) {
    report.near(page.path, like.key, like.score);
    if (run.call.options.skipNearDuplicates) {
      const reason = `It is nearly the same as ${like.key}.`;
      report.refuse({ outcome: "skipped", path: page.path, reason });
      return true;
    }
  }
  run.near.add(page.path, signature);
  return false;
}

/** Gives the records of our own files their ids before any of them is written. */
export function announceOwn(
  run: ImportRun,
  { here }: Pick<SourceRun, "here">,
  page: Page,
): OwnPage {
  const known = here.get(page.path)?.find((row) => row.removed === 0)?.record;
  const named = page.id !== undefined && run.store.get(page.id) !== undefined ? page.id : undefined;
  const id = known ?? named ?? adopted(run, page) ?? page.id ?? run.store.newId();
  run.names.announce(page.type, page.title, id);
  return { page, id };
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
