/** ZIP files for tests: honest ones, and such as no honest program makes. */
import { ZipFile } from "yazl";

/** Packs the content by path; then each `[from, to]` of equal length is replaced in the bytes. */
export async function zipOf(
  files: Readonly<Record<string, string | Uint8Array>>,
  forged: readonly (readonly [from: string, to: string])[] = [],
): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content), name);
  zip.end();
  const pieces: Buffer[] = [];
  for await (const piece of zip.outputStream) pieces.push(Buffer.from(piece));
  let bytes = Buffer.concat(pieces).toString("latin1");
  for (const [from, to] of forged) bytes = bytes.replaceAll(from, to);
  return Buffer.from(bytes, "latin1");
}
