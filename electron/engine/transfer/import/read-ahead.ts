/** Reads the next files while one is worked on, so that a slow disk and a busy engine overlap. */
import type { SourceFile } from "../source/source.ts";

const ahead = 8;

export type ReadFile =
  | { readonly file: SourceFile; readonly bytes: Uint8Array; readonly problem: null }
  | { readonly file: SourceFile; readonly bytes: null; readonly problem: unknown };

/** The files in their order, each with its content or the reason why it cannot be had. */
export async function* readAhead(
  files: readonly SourceFile[],
  most: number,
): AsyncGenerator<ReadFile> {
  const waiting: Promise<ReadFile>[] = [];
  let next = 0;
  while (next < files.length || waiting.length > 0) {
    while (waiting.length < ahead && next < files.length) {
      const file = files[next];
      next += 1;
      if (file !== undefined) waiting.push(readFile(file, most));
    }
    const read = await waiting.shift();
    if (read !== undefined) yield read;
  }
}

async function readFile(file: SourceFile, most: number): Promise<ReadFile> {
  try {
    return { file, bytes: await file.read(most), problem: null };
  } catch (problem) {
    return { file, bytes: null, problem };
  }
}
