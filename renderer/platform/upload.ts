/**
 * Brings files that a person dropped or picked in a page to the engine, piece by piece. It decides
 * nothing about their content: what cannot be brought is named with its reason, for the report.
 */
import type { Selection } from "#shared/contract/selection.ts";
import { client } from "./api.ts";

/** A file and where it lies in what was chosen; or why it cannot be brought. */
export type Source = {
  readonly path: string;
  readonly content: File | { readonly refused: string };
};

/** What was chosen, under the name of its folder or file. */
export type Choice = { readonly name: string; readonly sources: readonly Source[] };

/** The contract takes at most 1 MiB in one piece. */
const pieceBytes = 1024 * 1024;
/** A single file above this is more than a handbook's page or picture; a ZIP file may hold many. */
const maximumFileBytes = 64 * pieceBytes;
const maximumZipBytes = 1024 * pieceBytes;
/** Pieces on the way at the same time. */
const lanes = 4;

/** The files of an `<input type="file">`; null when nothing was picked. */
export function chosenFiles(files: FileList | null): Choice | null {
  const sources = [...(files ?? [])].map((file) =>
    sourceOf(file.webkitRelativePath === "" ? file.name : file.webkitRelativePath, file),
  );
  return choiceOf(sources.filter(({ path }) => !toolFolder.test(path)));
}

/** The files and folders of a drop. Read it in the drop event itself: its content is gone afterwards. */
export async function droppedFiles(transfer: DataTransfer): Promise<Choice | null> {
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  const found = await Promise.all(entries.map((entry) => walk(entry)));
  return choiceOf(found.flat());
}

type UploadOptions = {
  readonly onProgress: (done: number, total: number) => void;
  readonly signal: AbortSignal;
};

/** Brings everything; rejects with the signal's reason when it is cancelled, and leaves nothing behind. */
export async function upload(choice: Choice, options: UploadOptions): Promise<Selection> {
  const { onProgress, signal } = options;
  const selection = await client.transfers.beginUpload({ name: choice.name });
  const waiting = choice.sources.values();
  let done = 0;
  const lane = async () => {
    for (const source of waiting) {
      signal.throwIfAborted();
      await bring(selection.id, source, signal);
      done += 1;
      onProgress(done, choice.sources.length);
    }
  };
  onProgress(0, choice.sources.length);
  try {
    await Promise.all(Array.from({ length: lanes }, lane));
  } catch (error) {
    await client.transfers.dropSelection({ selection: selection.id });
    throw error;
  }
  return { ...selection, files: choice.sources.length };
}

async function bring(selection: string, source: Source, signal: AbortSignal): Promise<void> {
  const { path, content } = source;
  if (!(content instanceof File)) {
    await client.transfers.uploadRefused({ selection, path, reason: content.refused });
    return;
  }
  try {
    // An empty file is one empty piece.
    for (let at = 0; at === 0 || at < content.size; at += pieceBytes) {
      signal.throwIfAborted();
      const bytes = await base64(content.slice(at, at + pieceBytes));
      await client.transfers.upload({ selection, path, bytes });
    }
  } catch (error) {
    if (!(error instanceof DOMException) || signal.aborted) throw error;
    // The file went away, or may not be read: a line in the report, not the end of the import.
    const reason = "It could not be read. Perhaps it was moved, or belongs to somebody else.";
    await client.transfers.uploadRefused({ selection, path, reason });
  }
}

function base64(piece: Blob): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const reader = new FileReader();
  reader.addEventListener("load", () => {
    const url = typeof reader.result === "string" ? reader.result : "";
    resolve(url.slice(url.indexOf(",") + 1));
  });
  reader.addEventListener("error", () => reject(reader.error));
  reader.readAsDataURL(piece);
  return promise;
}

function sourceOf(path: string, file: File): Source {
  const zip = path.toLowerCase().endsWith(".zip");
  const limit = zip ? maximumZipBytes : maximumFileBytes;
  if (file.size <= limit) return { path, content: file };
  const megabytes = (limit / pieceBytes).toLocaleString();
  return { path, content: { refused: `It is larger than ${megabytes} MB.` } };
}

async function walk(entry: FileSystemEntry): Promise<readonly Source[]> {
  const path = entry.fullPath.replace(/^\//u, "");
  if (entry.isDirectory && toolFolder.test(`${path}/`)) return [];
  try {
    if (isFile(entry)) return [sourceOf(path, await fileOf(entry))];
    if (!isDirectory(entry)) return [];
    const children = await childrenOf(entry);
    const found: Source[] = [];
    for (const child of children) found.push(...(await walk(child)));
    return found;
  } catch (error) {
    const reason = error instanceof Error ? error.message : "unknown";
    return [{ path, content: { refused: `It could not be read (${reason}).` } }];
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isDirectory(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  const { promise, resolve, reject } = Promise.withResolvers<File>();
  entry.file(resolve, reject);
  return promise;
}

/** A folder gives its entries in batches; an empty batch is the end. */
async function childrenOf(entry: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = entry.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const { promise, resolve, reject } = Promise.withResolvers<FileSystemEntry[]>();
    reader.readEntries(resolve, reject);
    const batch = await promise;
    if (batch.length === 0) return all;
    all.push(...batch);
  }
}

/** Folders that tools keep beside the pages; left out, as the engine does in a folder it reads itself. */
const toolFolder = /(?:^|\/)(?:\.[^/]+|node_modules|__pycache__)\//u;

function choiceOf(sources: readonly Source[]): Choice | null {
  const [first] = sources;
  if (first === undefined) return null;
  const roots = new Set(sources.map(({ path }) => path.split("/", 1)[0] ?? path));
  const name =
    roots.size === 1 ? ([...roots][0] ?? first.path) : `${sources.length.toLocaleString()} files`;
  return { name: name.slice(0, 255), sources };
}
