/**
 * What a person chose to import, or where to export to. A host's dialog gives paths; a browser
 * uploads piece by piece into the profile's staging folder, where files are named by number, so
 * that no name they bring along can lead anywhere.
 */
import { mkdirSync, rmSync } from "node:fs";
import { appendFile, open, rm } from "node:fs/promises";
import path from "node:path";
import type { Selection } from "#shared/contract/selection.ts";
import { type IdSource, newRecordId } from "#shared/domain/ids.ts";
import { ExpectedFailure } from "#shared/rpc/wire.ts";
import { mostBytes } from "../attachments/attachment-files.ts";
import { isMarkdownPath } from "../links/place.ts";
import { safePath } from "./safe-path.ts";
import {
  type OpenedSource,
  openSources,
  openZipSource,
  withNavigation,
} from "./source/open-sources.ts";
import {
  mostMarkdownBytes,
  readProblem,
  type Refused,
  type Source,
  type SourceFile,
  tooLarge,
} from "./source/source.ts";

const mostArchiveBytes = 2 * 1024 * 1024 * 1024;
const mostUploadBytes = 4 * 1024 * 1024 * 1024;

type Staged = { readonly place: string; bytes: number };
type Chosen =
  | { readonly kind: "paths"; readonly name: string; readonly paths: readonly string[] }
  | {
      readonly kind: "upload";
      readonly name: string;
      readonly folder: string;
      readonly files: Map<string, Staged>;
      readonly refused: Map<string, Refused>;
      bytes: number;
    };

export type Selections = {
  readonly offer: (paths: readonly string[], name: string) => Selection;
  readonly begin: (name: string) => Selection;
  readonly append: (piece: { selection: string; path: string; bytes: Uint8Array }) => Promise<void>;
  readonly refuse: (refusal: { selection: string; path: string; reason: string }) => void;
  readonly drop: (id: string) => void;
  readonly nameOf: (id: string) => string;
  /** The sources to import from; dispose of them when done. */
  readonly open: (id: string, breathe: () => Promise<void>) => Promise<readonly OpenedSource[]>;
  /** The one folder that was chosen to export to. */
  readonly folderOf: (id: string) => string;
};

/** `staging` is this process's own folder; see `openStaging`. */
export function createSelections(staging: string, clock: IdSource): Selections {
  const chosen = new Map<string, Chosen>();

  function find(id: string): Chosen {
    const found = chosen.get(id);
    if (found !== undefined) return found;
    throw new ExpectedFailure(
      "no_selection",
      "What was chosen is not there any more, since Guildhall was started again or the choice was dropped. Choose the files once more.",
    );
  }

  function findUpload(id: string): Extract<Chosen, { kind: "upload" }> {
    const found = find(id);
    if (found.kind === "upload") return found;
    throw new ExpectedFailure("no_upload", "Files cannot be added to what was chosen in a dialog.");
  }

  async function append(piece: { selection: string; path: string; bytes: Uint8Array }) {
    const upload = findUpload(piece.selection);
    const name = safePath(piece.path);
    if (name === null || piece.path.split(/[\\/]/u).includes("..")) {
      upload.refused.set(piece.path, refused(piece.path, "The name leads out of the folder."));
      return;
    }
    if (upload.refused.has(name)) return;
    const place = path.join(upload.folder, String(upload.files.size));
    const file = upload.files.get(name) ?? { place, bytes: 0 };
    upload.files.set(name, file);
    const most = limitOf(name);
    if (
      file.bytes + piece.bytes.length > most ||
      upload.bytes + piece.bytes.length > mostUploadBytes
    ) {
      // The number stays taken, so that no later file gets this one's place.
      upload.refused.set(name, refused(name, tooLarge(most).message));
      await rm(file.place, { force: true });
      return;
    }
    await appendFile(file.place, piece.bytes, { mode: 0o600 });
    file.bytes += piece.bytes.length;
    upload.bytes += piece.bytes.length;
  }

  function keep(made: Chosen, files: number | null): Selection {
    const id = newRecordId(clock);
    chosen.set(id, made);
    return { id, name: made.name, files };
  }

  return {
    offer: (paths, name) => keep({ kind: "paths", name, paths }, null),
    begin: (name) => {
      const folder = path.join(staging, newRecordId(clock));
      mkdirSync(folder, { mode: 0o700 });
      const empty = { files: new Map<string, Staged>(), refused: new Map<string, Refused>() };
      return keep({ kind: "upload", name, folder, bytes: 0, ...empty }, 0);
    },
    append,
    refuse: ({ selection, path: file, reason }) => {
      findUpload(selection).refused.set(file, refused(file, reason));
    },
    drop: (id) => {
      const found = chosen.get(id);
      chosen.delete(id);
      if (found?.kind === "upload") rmSync(found.folder, { recursive: true, force: true });
    },
    nameOf: (id) => find(id).name,
    open: (id, breathe) => openChosen(find(id), breathe),
    folderOf: (id) => {
      const found = find(id);
      const [folder] = found.kind === "paths" ? found.paths : [];
      if (folder !== undefined) return folder;
      throw new ExpectedFailure("no_folder", "Choose a folder to export to.");
    },
  };
}

function refused(file: string, reason: string): Refused {
  return { outcome: "skipped", path: file, reason };
}

function limitOf(name: string): number {
  if (/\.zip$/iu.test(name)) return mostArchiveBytes;
  return isMarkdownPath(name) ? mostMarkdownBytes : mostBytes;
}

async function openChosen(
  chosen: Chosen,
  breathe: () => Promise<void>,
): Promise<readonly OpenedSource[]> {
  if (chosen.kind === "paths") return openSources(chosen.paths, breathe);
  const sources: Source[] = [];
  const files: SourceFile[] = [];
  for (const [name, { place }] of chosen.files) {
    if (chosen.refused.has(name)) continue;
    if (!/\.zip$/iu.test(name)) files.push({ path: name, read: (most) => readStaged(place, most) });
    else {
      const zip = await openZipSource(place, path.basename(name), breathe);
      sources.push({ ...zip, parent: "", key: `upload:${name}` });
    }
  }
  const top = `${chosen.name}/`;
  const inTop = files.length > 0 && files.every((file) => file.path.startsWith(top));
  const told = [...chosen.refused.values()];
  if (files.length > 0 || told.length > 0 || sources.length === 0) {
    sources.push({
      name: chosen.name,
      parent: "",
      key: `upload:${chosen.name}`,
      files: inTop ? files.map((file) => ({ ...file, path: file.path.slice(top.length) })) : files,
      refused: told,
      [Symbol.asyncDispose]: () => Promise.resolve(),
    });
  }
  return Promise.all(sources.map(withNavigation));
}

async function readStaged(place: string, most: number): Promise<Uint8Array> {
  try {
    await using file = await open(place, "r");
    const { size } = await file.stat();
    if (size > most) throw tooLarge(most);
    return await file.readFile();
  } catch (error) {
    throw readProblem(error);
  }
}
